/** The second factor is worn down, or given away by whoever may reset it. */
import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import { entraSignIn } from '../../records/entra.ts';
import { factorChanged, factorsReset, factorVerified } from '../../records/okta.ts';
import { ownAccountChanged } from '../../records/google.ts';
import type { Staff } from '../../staff.ts';
import { THIEVES, US } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { note } from '../parts/note.ts';
import { signIn } from '../parts/sign-in.ts';

export const fatigueAtOkta: Attack = {
  name: 'mfa-fatigue-okta',
  title: 'Prompts until one is accepted',
  story:
    'Somebody has the password of a person who works here. Late in the evening they ask Okta for a push 6 to 15 times within 10 to 40 minutes, from another continent; all are refused on the phone, until one is accepted, and a session begins there.',
  expects: ['mfa-fatigue'],
  expectsComposite: false,
  play(stage) {
    const { who, thief, at, prompts } = siege(stage);
    for (const prompt of prompts)
      note(stage, 'okta', factorVerified, who, prompt, thief, { failure: 'INVALID_CREDENTIALS' });
    note(stage, 'okta', factorVerified, who, at, thief);
    signIn(stage, 'okta', who, at + 3 * SECOND_MS, thief);
    stage.label([who]);
  },
};

export const fatigueAtEntra: Attack = {
  name: 'mfa-fatigue-entra',
  title: 'Prompts until one is accepted, at Microsoft',
  story:
    'The same at Entra: 6 to 15 sign-ins from another continent fail within 10 to 40 minutes because the person declined the prompt (error 500121), and the one after them succeeds.',
  expects: ['mfa-fatigue'],
  expectsComposite: false,
  play(stage) {
    const { who, thief, at, prompts } = siege(stage);
    for (const prompt of prompts)
      note(stage, 'entra', entraSignIn, who, prompt, thief, { code: 500121 as const, refused: true });
    note(stage, 'entra', entraSignIn, who, at, thief);
    stage.label([who]);
  },
};

export const talkedIntoReset: Attack = {
  name: 'talked-into-a-reset',
  title: 'The help desk resets the factors of a stranger',
  story:
    'A caller convinces the help desk that their phone is lost. The administrator resets all factors of somebody who works here; within 5 to 50 minutes a new one is enrolled and a session begins, both from another continent.',
  expects: ['mfa-tampering'],
  expectsComposite: false,
  play(stage) {
    const { random, geography, administrator } = stage;
    const who = stage.take();
    const thief = geography.home(random.pick(THIEVES));
    const at = stage.at(laterWorkday(stage), 10 + 5 * random.next(), administrator);
    note(stage, 'okta', factorsReset, administrator, at, stage.homeOf(administrator), { of: who });
    const later = at + random.between(5, 50) * MINUTE_MS;
    note(stage, 'okta', factorChanged, who, later, thief, { change: 'activate' });
    signIn(stage, 'okta', who, later + 30 * SECOND_MS, thief);
    stage.label([who]);
  },
};

export const factorTakenOff: Attack = {
  name: 'factor-taken-off',
  title: 'Two-step verification is switched off',
  story:
    'Somebody hired a year ago switches Google’s two-step verification off for themselves, from home, and works on without it: for the rest of the window nothing is enrolled in its place.',
  expects: ['mfa-tampering'],
  expectsComposite: false,
  play(stage) {
    const who = stage.hire({ claimed: stage.random.pick(US) });
    const at = stage.at(laterWorkday(stage), 14, who);
    const home = stage.homeOf(who);
    note(stage, 'google', ownAccountChanged, who, at, home, { change: '2sv_disable' as const });
    signIn(stage, 'google', who, at + 20 * HOUR_MS, home);
    stage.label([who]);
  },
};

interface Siege {
  readonly who: Staff;
  readonly thief: From;
  /** When one is accepted. */
  readonly at: EpochMs;
  /** Those that are refused. */
  readonly prompts: readonly EpochMs[];
}

function siege(stage: Stage): Siege {
  const { random, geography } = stage;
  const who = stage.take();
  const count = random.between(6, 15);
  const stepMs = (random.between(10, 40) * MINUTE_MS) / count;
  const begin = stage.at(laterWorkday(stage), 21 + 3 * random.next(), who);
  return {
    who,
    thief: geography.home(random.pick(THIEVES)),
    at: Math.floor(begin + count * stepMs),
    prompts: Array.from({ length: count }, (_, n) => Math.floor(begin + n * stepMs)),
  };
}
