/** What the name of a VPN's or proxy's operator says of who uses it. Names as Okta spells them: `NORD_VPN`. */

/** Antivirus products that bring a VPN along and often switch it on by themselves. */
const ANTIVIRUS =
  /^(?:AVAST|AVG|AVIRA|BITDEFENDER|ESET|F_?SECURE|KASPERSKY|MALWAREBYTES|MCAFEE|NORTON|SYMANTEC|TOTALAV|TREND_?MICRO)(?:_|$)/;

/** Gateways and VPNs that companies buy for their own people. */
const COMPANY =
  /^(?:CATO_|CHECK_?POINT|CISCO|CITRIX|FORCEPOINT|FORTI|GLOBAL_?PROTECT|IBOSS|IVANTI|NETSKOPE|NORDLAYER|NORD_LAYER|PALO_?ALTO|PERIMETER_?81|PRISMA|PULSE_?SECURE|SKYHIGH|SONICWALL|TWINGATE|ZSCALER)/;

/**
 * Tells what an operator sells, when that is not privacy from everybody.
 *
 * @example operatorTrade('SYMANTEC_VPN') // => 'antivirus'
 * @example operatorTrade('GLOBALPROTECT_VPN') // => 'company'
 * @example operatorTrade('NORD_VPN') // => undefined
 */
export function operatorTrade(operator: string | undefined): 'antivirus' | 'company' | undefined {
  if (operator === undefined) return undefined;
  const name = operatorName(operator);
  return ANTIVIRUS.test(name) ? 'antivirus' : COMPANY.test(name) ? 'company' : undefined;
}

/**
 * Writes an operator's name as Okta does, whoever gave it.
 *
 * @example operatorName('nord-vpn') // => 'NORD_VPN'
 */
export function operatorName(operator: string): string {
  return operator
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');
}
