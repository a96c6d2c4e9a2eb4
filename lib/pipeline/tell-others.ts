/** Says to other subjects what they are to know of one. */
import type { Conclusion, Sighting } from '../core/events/index.ts';
import type { Said, StoredSubject } from '../stores/subjects.ts';
import type { Assessment } from './assess-subject.ts';
import type { Detecting } from './detect.ts';

/** Enough of an id to tell the conclusions of one subject apart. */
const MARK_LENGTH = 10;

/**
 * Says to others what they are to know, before anything is saved that would keep it from being said again. A conclusion is
 * said when it was not yet, or was otherwise: that is kept with the subject, for another process may have said it.
 *
 * @returns what has been said then
 */
export async function tellOthers(
  { sightings, conclusions }: Assessment,
  { kept }: StoredSubject,
  run: Detecting,
): Promise<Said | undefined> {
  const markOf = ({ uid }: Conclusion): string => uid.slice(0, MARK_LENGTH);
  const before = new Map<string, boolean>();
  for (const mark of kept?.said?.holding ?? []) before.set(mark, true);
  for (const mark of kept?.said?.not ?? []) before.set(mark, false);
  const news = conclusions.filter((conclusion) => before.get(markOf(conclusion)) !== conclusion.holds);
  await say(sightings, news, run);
  if (conclusions.length === 0) return undefined;
  const marks = (holds: boolean): readonly string[] =>
    conclusions.filter((conclusion) => conclusion.holds === holds).map(markOf);
  return { holding: marks(true), not: marks(false) };
}

/** Sends conclusions, and the sightings that this process has not sent yet. */
export async function say(
  sightings: readonly Sighting[],
  conclusions: readonly Conclusion[],
  { told, queue }: Pick<Detecting, 'told' | 'queue'>,
): Promise<void> {
  const untold = told.untold(sightings);
  if (untold.length + conclusions.length > 0) await queue.send([...untold, ...conclusions]);
  told.remember(untold);
}
