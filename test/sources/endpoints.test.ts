import { asnOf, endpointOf, placeOf } from '../../lib/sources/endpoints.ts';

describe('the network end of a record', () => {
  it('has its address in one spelling', () => {
    expect(endpointOf('[2001:DB8::1]:443')).toEqual({ ip: '2001:db8::1' });
  });

  it('is not there without an address', () => {
    expect(endpointOf('cloudformation.amazonaws.com')).toBeUndefined();
  });

  it.each([undefined, NaN, 0, -1, 1.5, 2 ** 32])('has no system number %p', (value) => {
    expect(asnOf(value)).toBeUndefined();
  });
});

describe('the place in a record', () => {
  it('has its country as a code', () => {
    expect(placeOf({ country: 'Netherlands', city: 'Rotterdam' })).toEqual({
      country: 'NL',
      city: 'Rotterdam',
    });
  });

  it.each([
    [0, 0],
    [91, 4],
    [51, undefined],
  ])('has no coordinates %p, %p', (lat, lon) => {
    expect(placeOf({ country: 'NL', lat, lon })).toEqual({ country: 'NL' });
  });

  it('is not there when nothing of it can be used', () => {
    expect(placeOf({ country: 'Atlantis', lat: 0, lon: 0 })).toBeUndefined();
  });
});
