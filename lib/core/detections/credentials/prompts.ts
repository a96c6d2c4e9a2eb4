/** Prompts for a second factor that were refused or not answered, and what alerts on them say. */
import type { Evidence } from '../../alerts/alert.ts';
import type { Authentication, SourceId } from '../../events/index.ts';
import { placeText } from '../../places/place.ts';
import { durationText, MINUTE_MS, type EpochMs } from '../../time.ts';
import type { Context, Finding } from '../contract.ts';
import { signInEvidence } from '../sign-ins/signed-in.ts';
import { providerName, providerOf } from './provider.ts';

export const FATIGUE_PARAMETERS = {
  refusedPrompts: {
    value: 5,
    why: 'A dead telephone leaves two or three prompts unanswered before its owner gives up.',
  },
  withinMinutes: { value: 15, why: 'Prompts lapse after a minute or so; bombing keeps one on the screen.' },
  slowPrompts: {
    value: 6,
    why: 'Whoever asks patiently stays below a short window; six are still more than a mislaid telephone explains.',
  },
  slowWithinMinutes: {
    value: 45,
    why: 'An owner without their telephone finds another way within the hour, or gives up.',
  },
  giveInMinutes: { value: 30, why: 'Who gives in does so while the telephone still buzzes.' },
  learnDays: { value: 14, why: 'Before that nobody’s usual addresses and networks are known.' },
  forgetDays: { value: 60, why: 'A network not used for two months is no longer usual.' },
};

export type FatigueContext = Context<typeof FATIGUE_PARAMETERS>;

/** Plain JSON. */
export interface Prompt {
  readonly time: EpochMs;
  readonly source: SourceId;
  readonly ip?: string;
  readonly place?: string;
  /** Sent from where the person signs in from. */
  readonly isFamiliar: boolean;
  readonly evidence: Evidence;
}

/** Many prompts in a short time. */
export function refused(burst: readonly Prompt[]): Finding {
  const isFamiliar = burst.every((prompt) => prompt.isFamiliar);
  return {
    severity: isFamiliar ? 'low' : 'medium',
    confidence: 'medium',
    summary: `${burst.length} prompts for the second factor at ${atProvider(burst)} were refused or not answered within ${spanText(burst)}.`,
    why: [
      'A prompt is sent once the password is right: whoever asks has it.',
      isFamiliar
        ? `All of them came ${fromText(burst)}, where this person signs in from.`
        : `They came ${fromText(burst)}.`,
    ],
    evidence: burst.map(({ evidence }) => evidence),
    restates: true,
  };
}

/** Many prompts, then somebody was let in from where the person never was. */
export function gaveIn(
  burst: readonly Prompt[],
  event: Authentication,
  { parameters }: FatigueContext,
): Finding {
  const { ip, place } = event.srcEndpoint ?? {};
  const where = `${ip ?? 'an unknown address'}${place === undefined ? '' : ` (${placeText(place)})`}`;
  return {
    severity: 'high',
    confidence: burst.some((prompt) => prompt.ip === ip) ? 'high' : 'medium',
    summary: `After ${burst.length} refused prompts for the second factor somebody was let in from ${where}, an address and network new for this person.`,
    why: [
      `The prompts at ${atProvider(burst)} came ${fromText(burst)}; the sign-in followed within ${parameters.giveInMinutes} min of them.`,
      'Somebody who is asked often enough accepts in the end, to be left alone or by mistake.',
    ],
    next: ['Revoke the sessions of the account now, and change its password; ask questions afterwards.'],
    evidence: [...burst.map(({ evidence }) => evidence), signInEvidence(event)],
  };
}

function atProvider([first]: readonly Prompt[]): string {
  return first === undefined ? '' : providerName(providerOf(first.source));
}

/** At least a minute: several in one second are no less. */
function spanText(burst: readonly Prompt[]): string {
  const times = burst.map(({ time }) => time);
  return durationText(Math.max(MINUTE_MS, Math.max(...times) - Math.min(...times)));
}

const ADDRESSES_SHOWN = 3;

function fromText(burst: readonly Prompt[]): string {
  const texts = burst.flatMap(({ ip, place }) =>
    ip === undefined ? [] : [place === undefined ? ip : `${ip} (${place})`],
  );
  const distinct = [...new Set(texts)];
  const more = distinct.length - ADDRESSES_SHOWN;
  if (distinct.length === 0) return 'from addresses that the record does not name';
  return `from ${distinct.slice(0, ADDRESSES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
