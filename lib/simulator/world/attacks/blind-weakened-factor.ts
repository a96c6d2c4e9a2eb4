/** An administrator who makes the way in easier for somebody. */
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../core/time.ts';
import type { Attack, Stage } from '../attack.ts';
import type { From } from '../geography.ts';
import { directoryAudit, securityInfoChanged } from '../records/entra-audits.ts';
import { entraSignIn } from '../records/entra.ts';
import { guid } from '../records/ids.ts';
import { logEvent } from '../records/okta-log.ts';
import { factorChanged, sessionStart } from '../records/okta.ts';
import type { Staff } from '../staff.ts';
import { US } from './parts/cities.ts';
import { hireOn } from './parts/days.ts';
import { note } from './parts/note.ts';

interface Pair {
  readonly administrator: Staff;
  readonly accomplice: Staff;
}

export const weakenedFactor: Attack = {
  name: 'blind-weakened-factor',
  title: 'An administrator opens a side door',
  story:
    'An administrator of a year’s standing has been won over. In the first week a contractor is hired who is in the scheme, and who works ordinary days on the company’s laptop in the claimed city. One evening between the tenth and the fifteenth day the administrator, at home and on their own laptop, does three things within 20 minutes, all at Okta or all at Entra: a policy is changed so that it leaves the contractor out, the contractor’s push authenticator is taken off, and something weaker is put on for them, at Okta a code by text message, at Entra a temporary access pass. An hour or two later, and on one or two of the following evenings, the contractor’s handler signs in there with nothing more than that, on a computer of their own, through a server rented by the month in the same country. Six to eight days after the first evening the policy is changed back. To every log these are an administrator’s ordinary doings.',
  expects: ['mfa-tampering'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const administrator = stage.hire({ claimed: random.pick(US), department: 'IT', privileged: true });
    const first = stage.workday(random.between(1, 4));
    const claimed = random.pick(US);
    const accomplice = hireOn(stage, first, { claimed, employment: 'contractor' });
    const pair: Pair = { administrator, accomplice };
    const [weaken, changePolicy, enter] =
      random.next() < 0.5
        ? [weakenAtOkta, changePolicyAtOkta, enterOkta]
        : [weakenAtEntra, changePolicyAtEntra, enterEntra];

    const day = stage.workday(random.between(10, 15));
    const at = stage.at(day, 19 + random.next(), administrator);
    changePolicy(stage, pair, at, true);
    weaken(stage, pair, at + random.between(3, 18) * MINUTE_MS);
    const server = geography.hosting(random.pick(['Los Angeles', 'Chicago', 'New York']));
    enter(stage, accomplice, at + random.between(60, 120) * MINUTE_MS, server);
    for (let evening = random.between(1, 2); evening > 0; evening--)
      enter(stage, accomplice, stage.at(day + evening, 21.5, accomplice), server);
    const back = stage.workday(day + random.between(6, 8));
    changePolicy(stage, pair, stage.at(back, 9.5, administrator), false);
    stage.label([administrator, accomplice]);
  },
};

function changePolicyAtOkta(stage: Stage, { administrator }: Pair, at: EpochMs): void {
  note(stage, 'okta', logEvent, administrator, at, stage.homeOf(administrator), {
    type: 'policy.rule.update',
    message: 'Update policy rule',
    device: administrator.laptop,
    target: [
      okta('PolicyEntity', '00pexample0000000001', 'Any two factors'),
      okta('PolicyRule', '0prexample0000000001', 'Everybody'),
    ],
  });
}

function okta(type: string, id: string, displayName: string) {
  return { id, type, alternateId: 'unknown', displayName, detailEntry: null };
}

function weakenAtOkta(stage: Stage, { administrator, accomplice }: Pair, at: EpochMs): void {
  const from = stage.homeOf(administrator);
  const options = { of: accomplice, device: administrator.laptop };
  note(stage, 'okta', factorChanged, administrator, at, from, { change: 'deactivate', ...options });
  const weaker = { change: 'activate', factor: 'SMS_FACTOR', ...options } as const;
  note(stage, 'okta', factorChanged, administrator, at + 90 * SECOND_MS, from, weaker);
}

function enterOkta(stage: Stage, who: Staff, at: EpochMs, from: From): void {
  note(stage, 'okta', sessionStart, who, at, from);
}

function changePolicyAtEntra(
  stage: Stage,
  { administrator, accomplice }: Pair,
  at: EpochMs,
  leavesOut: boolean,
): void {
  const [before, after] = [!leavesOut, leavesOut].map((isOut) =>
    JSON.stringify({
      displayName: 'Second factor for everybody',
      state: 'enabled',
      conditions: { users: { includeUsers: ['All'], excludeUsers: isOut ? [accomplice.entraId] : [] } },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    }),
  );
  const changed = { displayName: 'ConditionalAccessPolicy', oldValue: before, newValue: after };
  note(stage, 'entra', directoryAudit, administrator, at, stage.homeOf(administrator), {
    activity: 'Update conditional access policy',
    category: 'Policy',
    service: 'Conditional Access',
    targets: [
      {
        id: guid(stage.random),
        displayName: 'Second factor for everybody',
        type: 'Policy',
        modifiedProperties: [changed],
      },
    ],
  });
}

function weakenAtEntra(stage: Stage, { administrator, accomplice }: Pair, at: EpochMs): void {
  const from = stage.homeOf(administrator);
  const of = accomplice;
  note(stage, 'entra', securityInfoChanged, administrator, at, from, { change: 'deleted', of });
  const weaker = { change: 'registered', method: 'temporary access pass method for user', of } as const;
  note(stage, 'entra', securityInfoChanged, administrator, at + 90 * SECOND_MS, from, weaker);
}

function enterEntra(stage: Stage, who: Staff, at: EpochMs, from: From): void {
  stage.emit('entra', at, {
    ...entraSignIn(who, at, from, stage.random),
    authenticationRequirement: 'singleFactorAuthentication',
    status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
  });
}
