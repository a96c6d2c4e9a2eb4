/** The ringer.yaml of the company. */
import type { Office } from './offices.ts';
import { DOMAIN } from './make-staff.ts';
import { PARTNER_DOMAINS } from '../benign/occasions/sharing.ts';
import { CITIES } from '../places/cities.ts';
import type { Worker } from '../worker.ts';

/** Writes it: the offices that somebody listed, the tools and hours that somebody stated. */
export function configYaml(offices: readonly Office[], workers: readonly Worker[]): string {
  const listed = offices.filter(({ isListed }) => isListed);
  const countries = [...new Set(workers.map(({ staff }) => staff.claimed.countryCode))].sort();
  return `schemaVersion: 1
organization:
  name: Example
  domains: [${DOMAIN}]
  partnerDomains: [${PARTNER_DOMAINS.join(', ')}]
people: people.csv
policy:
  workCountries: [${countries.join(', ')}]
  deniedCountries: [KP, IR, SY, CU, RU]
  egress:
${listed.map(egress).join('\n')}
  remoteTools:
    - name: BeyondTrust
      for: { departments: [IT] }
  vpnOperators: [APPLE_ICLOUD_RELAY_PROXY]
  serviceAccounts: [backup@${DOMAIN}]
${schedules(workers)}`;
}

function egress({ name, city, from }: Office): string {
  const { countryCode } = CITIES[city];
  return `    - { name: ${name}, cidrs: [${from.ip}], kind: office, country: ${countryCode}, city: ${city} }`;
}

/** Night shifts by time zone, for those of whom it was stated. */
function schedules(workers: readonly Worker[]): string {
  const stated = workers.filter(({ habits }) => habits.nightShift === 'stated');
  if (stated.length === 0) return '';
  const byZone = Map.groupBy(stated, ({ staff }) => staff.city.timeZone);
  const entries = [...byZone].map(
    ([timeZone, people]) => `    - for: { people: [${people.map(({ staff }) => staff.address).join(', ')}] }
      start: '22:00'
      end: '07:00'
      timeZone: ${timeZone}`,
  );
  return `  schedules:\n${entries.join('\n')}\n`;
}
