/** What a subject's sealed part no longer keeps. */
import { alertId } from '../alerts/draft.ts';
import { alertOf, type Conclusions } from '../alerts/publish.ts';
import { remembered, type Remembered } from '../alerts/remembered.ts';
import { compareText } from '../events/index.ts';
import { DAY_MS, type EpochMs } from '../time.ts';
import type { FoldContext } from './fold.ts';
import type { Folded } from './state.ts';

/** A day's alerts stay with the state this long after the day, in case a later event still adds to them. */
const DRAFT_KEEP_MS = 4 * DAY_MS;
/** How long the composite remembers an alert: by then it weighs a ten-thousandth. */
const PAST_KEEP_MS = 180 * DAY_MS;
const PAST_LIMIT = 500;

/**
 * Drops memories older than their detection keeps them, and alerts of days long past, of which what the composite weighs
 * stays; gives the ids of alerts that are no longer spoken of, though they stood.
 */
export function forget(
  sealed: Folded,
  horizon: EpochMs,
  told: Conclusions,
  context: FoldContext,
): ReadonlySet<string> {
  const forgotten = new Set<string>();
  const keepDays = new Map(
    context.rules.all.map((rule) => [rule.detection.id, rule.detection.state.keepDays]),
  );
  for (const [id, slot] of Object.entries(sealed.slots)) {
    const days = keepDays.get(id);
    if (days !== undefined && slot.lastTime < horizon - days * DAY_MS) delete sealed.slots[id];
  }
  const detections = new Map(context.rules.all.map((rule) => [rule.detection.id, rule.detection]));
  const news: Remembered[] = [];
  for (const [id, draft] of Object.entries(sealed.drafts)) {
    if (draft.day === undefined || draft.time >= horizon - DRAFT_KEEP_MS) continue;
    delete sealed.drafts[id];
    forgotten.add(id);
    const detection = detections.get(draft.detection);
    if (detection?.contributes === undefined || context.subject.kind !== 'person') continue;
    const alert = alertOf(draft, detection, context.subject, told);
    const kept = alert && remembered(alert);
    if (kept !== undefined) news.push(kept);
  }
  const before = sealed.past ?? [];
  const past = [...before, ...news].filter(({ lastTime }) => lastTime >= horizon - PAST_KEEP_MS);
  sealed.past = past.sort((a, b) => a.time - b.time || compareText(a.alertId, b.alertId)).slice(-PAST_LIMIT);
  // What it was raised for is no longer known: it stands as it was.
  const { composite } = context.rules;
  if (composite !== undefined && sealed.past.length < before.length + news.length)
    forgotten.add(alertId(composite.detection.id, context.subject, undefined, undefined));
  if (sealed.past.length === 0) delete sealed.past;
  return forgotten;
}
