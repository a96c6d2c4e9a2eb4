/** Second factors that the organization does without. */
import { MINUTE_MS } from '../../../../core/time.ts';
import type { Attack } from '../../attack.ts';
import { directoryAudit } from '../../records/entra-audits.ts';
import { adminActivity } from '../../records/google.ts';
import { factorChanged } from '../../records/okta.ts';
import { logEvent } from '../../records/okta-log.ts';
import { US } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { note } from '../parts/note.ts';

export const policyWithoutFactors: Attack = {
  name: 'policy-without-factors',
  title: 'A password is enough for everybody',
  story:
    'An administrator, asked for fewer prompts, edits the rule of Okta’s sign-on policy that asked for a second factor, stops enforcing two-step verification at Google, and switches Entra’s security defaults off. Nobody is told.',
  expects: ['mfa-tampering'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US), department: 'IT', privileged: true });
    const from = stage.homeOf(who);
    const at = stage.at(laterWorkday(stage), 16 + random.next(), who);
    note(stage, 'okta', logEvent, who, at, from, {
      type: 'policy.rule.update',
      message: 'Update policy rule',
      device: who.laptop,
      target: [
        {
          id: 'rulexample000000001',
          type: 'PolicyRule',
          alternateId: 'unknown',
          displayName: 'Require a second factor',
          detailEntry: { policyType: 'OktaSignOn' },
        },
      ],
    });
    note(stage, 'google', adminActivity, who, at + 9 * MINUTE_MS, from, {
      type: 'SECURITY_SETTINGS',
      name: 'ENFORCE_STRONG_AUTHENTICATION',
      parameters: { DOMAIN_NAME: 'example.com', OLD_VALUE: 'true', NEW_VALUE: 'false' },
    });
    note(stage, 'entra', directoryAudit, who, at + 20 * MINUTE_MS, from, {
      activity: 'Update security defaults',
      category: 'Policy',
      targets: [
        {
          id: '00000000-0000-0000-0000-000000000005',
          displayName: 'Security Defaults',
          type: 'Policy',
          modifiedProperties: [{ displayName: 'IsEnabled', oldValue: '["true"]', newValue: '["false"]' }],
        },
      ],
    });
    stage.label([who]);
  },
};

export const factorsOffForATeam: Attack = {
  name: 'factors-off-for-a-team',
  title: 'A team without factors',
  story:
    'A help-desk employee takes the factors of five to nine colleagues off at Okta, one after the other on one afternoon, so that a shared script can sign in as them. None of them enrols anything again before the window ends.',
  expects: ['mfa-tampering'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US), department: 'IT', privileged: true });
    const day = laterWorkday(stage);
    const team = Array.from({ length: random.between(5, 9) }, () =>
      stage.hire({ claimed: random.pick(US), department: 'Operations' }),
    );
    for (const [n, of] of team.entries()) {
      const at = stage.at(day, 15, who) + n * 6 * MINUTE_MS;
      const options = { change: 'deactivate' as const, of, device: who.laptop };
      note(stage, 'okta', factorChanged, who, at, stage.homeOf(who), options);
    }
    stage.label([who, ...team]);
  },
};
