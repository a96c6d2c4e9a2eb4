import { countryCode } from '../../lib/config/countries.ts';

describe('countryCode', () => {
  it.each([
    ['United States', 'US'],
    ['usa', 'US'],
    ['US', 'US'],
    ['UK', 'GB'],
    ['Russian Federation', 'RU'],
    ['Korea, Republic of', 'KR'],
    ['Viet Nam', 'VN'],
    [' Germany ', 'DE'],
    ['Syria', 'SY'],
    ['Laos', 'LA'],
    ['Turkiye', 'TR'],
    ['Hong Kong SAR China', 'HK'],
    ['Bosnia & Herzegovina', 'BA'],
    ['Vatican City', 'VA'],
    ['Myanmar (Burma)', 'MM'],
    ['Macau', 'MO'],
  ])('reads %s as %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });

  it.each(['Springfield', '', 'constructor', '__proto__', 'XX', 'toString'])(
    'knows no country %s',
    (name) => {
      expect(countryCode(name)).toBeUndefined();
    },
  );
});
