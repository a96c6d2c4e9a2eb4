/**
 * Suspected impostor: signs of different kinds, found about one person, that no single innocent explanation covers.
 *
 * One indicator is a rumour. Each alert counts with its weight; what being away explains (travel, country, network, VPN,
 * hours) is one piece of evidence, however much of it there is. It is judged at the time of each piece of evidence, so
 * that what it says depends on what happened, never on when somebody looked.
 */
import { severityRank, type Severity } from '../alerts/severity.ts';
import { tenureDays } from '../people/tenure.ts';
import { dayOf, durationText } from '../time.ts';
import type { Composite, CompositeFinding, Explanation, Weighed } from './contract.ts';
import { IMPOSTOR_PARAMETERS, type ImpostorContext } from './impostor/parameters.ts';
import { scoreAt, type Score } from './impostor/score.ts';

const EXPLANATION_TEXT: Readonly<Record<Explanation, string>> = {
  away: 'where they are',
  sharing: 'whom they share an address with',
  'same-factor': 'whom they share an authenticator with',
  'remote-access': 'who else can reach their computer',
  presence: 'whether anybody is there',
  copying: 'what they take',
  negligence: 'how they guard their account',
};

/** As many of the heaviest signs as somebody reads. */
const SIGNS_SHOWN = 8;

export const suspectedImpostor: Composite<typeof IMPOSTOR_PARAMETERS> = {
  id: 'suspected-impostor',
  title: 'Suspected impostor',
  family: 'impostor',
  severity: 'high',
  attack: ['T1078', 'T1656', 'T1219'],
  parameters: IMPOSTOR_PARAMETERS,
  needs: [],
  blindSpots: [
    'An impostor who works alone from the claimed place, installs nothing and takes nothing leaves no sign.',
    'Hardware that is plugged in between computer and screen shows only where an inventory lists it.',
    'What happens before the first day of work, from the application to the interview, is in no log read here.',
    'Without a people file nobody’s claimed place is known, and the strongest signs are missing.',
  ],
  falsePositives: [
    'An honest new hire who travels, uses a VPN of their own and has brought a remote tool from an earlier job.',
    'Somebody of the help desk or a contractor whose work needs what an employee’s does not.',
    'Two innocent things of one month that have nothing to do with each other.',
  ],
  triage: [
    'Read the contributing alerts, the heaviest first, and look for the one explanation that would cover them all.',
    'Ask HR where the laptop was shipped, whether the address changed after the offer, and who was seen at the interview.',
    'Have the manager hold an unannounced video call, on the company’s laptop, about recent work; presume nothing.',
    'Before anybody is told, keep logs and, if the signs stand, revoke sessions and isolate the laptop with HR and counsel.',
  ],
  references: [
    'https://www.ic3.gov/PSA/2025/PSA250123',
    'https://attack.mitre.org/techniques/T1656/',
    'https://ofac.treasury.gov/media/923126/download?inline',
  ],
  expectedPerMonthPer1000People: 0.5,
  weigh(found, context) {
    let first: Score | undefined;
    let worst: Judged | undefined;
    for (const time of instantsOf(found)) {
      const score = scoreAt(time, found, context);
      const severity = severityOf(score, context);
      if (severity === undefined) continue;
      first ??= score;
      if (worst === undefined || compareWorst({ score, severity }, worst) > 0) worst = { score, severity };
    }
    return first === undefined || worst === undefined ? undefined : findingOf(first, worst, context);
  },
};

type Judged = { readonly score: Score; readonly severity: Severity };

/** By severity, then by points; at the cap by how many signs there were. Of equals the earlier stands. */
function compareWorst(a: Judged, b: Judged): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    a.score.score - b.score.score ||
    a.score.parts.length - b.score.parts.length
  );
}

/** When anything was found, or last seen to hold, in order. */
function instantsOf(found: readonly Weighed[]): readonly number[] {
  return [...new Set(found.flatMap(({ time, lastTime }) => [time, lastTime]))].sort((a, b) => a - b);
}

/**
 * High takes something the person cannot write, or three explanations; critical both. Two kinds of weak signs that come
 * to as much are medium; one kind, however heavy, is nothing.
 */
function severityOf(
  { score, explanations, independent }: Score,
  { parameters }: ImpostorContext,
): Severity | undefined {
  if (score < parameters.raisedFrom || explanations.length < 2) return undefined;
  if (score >= parameters.criticalFrom && explanations.length >= 3 && independent) return 'critical';
  return independent || explanations.length >= 3 ? 'high' : 'medium';
}

function findingOf(first: Score, { score, severity }: Judged, context: ImpostorContext): CompositeFinding {
  const { parts, explanations } = score;
  const times = parts.flatMap(({ found }) => [found.time, found.lastTime]);
  const span = durationText(Math.max(...times) - Math.min(...times));
  const kinds = explanations.map((each) => EXPLANATION_TEXT[each]).join('; ');
  return {
    time: first.time,
    severity,
    confidence: score.independent && explanations.length >= 3 ? 'high' : 'medium',
    score: score.score,
    summary: `${parts.length} signs within ${span} that no single innocent explanation covers.`,
    why: [
      `They come to ${score.score} points on ${dayOf(score.time)}, from ${explanations.length} sides: ${kinds}.`,
      ...parts
        .slice(0, SIGNS_SHOWN)
        .map(({ found, points }) => `${found.detection}, ${points.toFixed(0)} points: ${found.summary}`),
      ...(parts.length > SIGNS_SHOWN ? [`And ${parts.length - SIGNS_SHOWN} lighter ones.`] : []),
      ...tenureText(first, context),
    ],
    next: [
      ...new Set(
        parts.slice(0, SIGNS_SHOWN).map(({ found }) => `Cleared by: ${found.contributes.clearedBy}`),
      ),
    ],
    contributions: parts,
  };
}

function tenureText({ time }: Score, { person, parameters }: ImpostorContext): readonly string[] {
  const days = tenureDays(person, time);
  return person?.hiredTime === undefined || days === undefined || days < 0 || days > parameters.recentHireDays
    ? []
    : [`Hired on ${dayOf(person.hiredTime)}: what they cannot write themselves counts for more.`];
}
