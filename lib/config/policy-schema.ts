/** `policy` and `approvals` of ringer.yaml. */
import type * as zod from 'zod';
import {
  atLeastOne,
  cidr,
  clockMinute,
  country,
  endDate,
  EVEN_WHEN_OTHERWISE_WRONG,
  list,
  lowerText,
  oneOf,
  section,
  startDate,
  text,
  timeZone,
  vpnOperator,
} from './values.ts';

const scope = section({
  people: list(lowerText).exactOptional(),
  departments: list(text).exactOptional(),
  devices: list(text).exactOptional(),
});

/** `for` may be absent here: a product allowed to everybody. */
const allowed = section({ name: text, for: scope.exactOptional() });

const egress = section({
  name: text,
  cidrs: atLeastOne(cidr),
  kind: oneOf(['office', 'vpn', 'sase']),
  country: country.exactOptional(),
  city: text.exactOptional(),
});

const schedule = section({ for: scope, start: clockMinute, end: clockMinute, timeZone }).transform(
  ({ start, end, ...rest }) => ({ ...rest, startMinute: start, endMinute: end }),
);

/** One recorded exception. */
export const approval = section({
  kind: oneOf(['travel', 'location', 'tool', 'software', 'egress', 'bulk', 'sharing', 'leave']),
  for: scope,
  country: country.exactOptional(),
  city: text.exactOptional(),
  name: text.exactOptional(),
  from: startDate.exactOptional(),
  until: endDate,
  reason: text,
  owner: text.exactOptional(),
}).superRefine(({ from, until }, context) => {
  if (from === undefined || !(from > until)) return;
  context.addIssue({ code: 'custom', path: ['until'], message: 'a date not before `from`' });
}, EVEN_WHEN_OTHERWISE_WRONG);

export const policySection = section({
  workCountries: list(country),
  deniedCountries: list(country),
  egress: list(egress),
  remoteTools: list(allowed),
  software: list(allowed),
  vpnOperators: list(vpnOperator),
  serviceAccounts: list(lowerText),
  schedules: list(schedule),
});

export type PolicySection = zod.output<typeof policySection>;
