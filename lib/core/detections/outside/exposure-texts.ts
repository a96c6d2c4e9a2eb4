/** What alerts on public exposure say of a day. */
import type { AlertObject } from '../../alerts/alert.ts';
import type { Sum } from './sum.ts';
import { listed, measureText, takenBackText, type Saying } from './opened.ts';

/** To whom something is opened, as alerts say it. */
export const EVERYBODY = 'everybody';
export const LINK = 'anyone with the link';
export const UNBLOCKED = 'whatever its policy and access lists allow';

/** Says what was opened to everybody: of one thing by its name, of many by their number. */
export const sayExposed: Saying = (day) => {
  const isBucket = day.object.kind === 'bucket';
  const many = Math.max(day.count, day.things.length);
  return {
    confidence: 'high',
    summary: summaryOf(day),
    why: [
      reachText(day),
      ...(many > 1 ? [`Opened: ${listed(day.things, many)}.`] : []),
      ...measureText(day),
      ...takenBackText(day),
    ],
    next: isBucket
      ? [
          'S3 console › the bucket › Permissions shows its policy, its access list and the block on public access as they are now.',
        ]
      : [],
  };
};

function reachText({ object, to }: Sum): string {
  if (to.every((each) => each === UNBLOCKED))
    return 'The block on public access is off: a policy or an access list that names everybody takes effect now.';
  if (to.includes(LINK)) return 'Whoever has the link can read it without signing in, and pass it on.';
  return object.kind === 'bucket'
    ? 'Whoever knows or guesses its name can read it without signing in.'
    : 'Whoever finds it can read or copy it.';
}

function summaryOf(day: Sum): string {
  const [one = 'something', ...others] = day.things;
  const name = day.object.name ?? day.object.id;
  const what = others.length === 0 ? one : `${day.count} ${nounOf(day.object)} of ${name}`;
  return `Opened ${what} to ${listed(day.to)}${day.allClosed ? ', and closed it again' : ''}.`;
}

function nounOf({ kind, id }: AlertObject): string {
  if (kind === 'bucket') return 'objects';
  return id === 'aws' ? 'resources' : 'files';
}
