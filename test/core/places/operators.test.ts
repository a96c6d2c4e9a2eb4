import { operatorName, operatorTrade } from '../../../lib/core/places/operators.ts';

test.each([
  ['AVAST_VPN', 'antivirus'],
  ['SYMANTEC_VPN', 'antivirus'],
  ['TRENDMICRO_VPN', 'antivirus'],
  ['TREND_MICRO_VPN', 'antivirus'],
  ['NORTON', 'antivirus'],
  ['mcafee-vpn', 'antivirus'],
  ['GLOBALPROTECT_VPN', 'company'],
  ['ZSCALER_PROXY', 'company'],
  ['NORDLAYER_VPN', 'company'],
  ['FORTISASE', 'company'],
  ['NORD_VPN', undefined],
  ['ASTRILL_VPN', undefined],
  ['PANDA_VPN', undefined],
  ['ESETERIC_VPN', undefined],
  ['', undefined],
])('%s sells %s', (operator, trade) => {
  expect(operatorTrade(operator)).toBe(trade);
});

test('an operator nobody names sells nothing', () => {
  expect(operatorTrade(undefined)).toBeUndefined();
});

test.each([' nord vpn ', 'Nord-VPN', 'NORD_VPN'])('%j is written as Okta does', (operator) => {
  expect(operatorName(operator)).toBe('NORD_VPN');
});
