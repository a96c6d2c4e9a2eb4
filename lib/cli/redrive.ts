/** `ringer redrive`: sends events of the dead-letter queue back, and says what else lies there. */
import { safeText } from '../core/alerts/text.ts';
import { redrive } from '../pipeline/redrive.ts';
import { findOutputs } from '../stores/stack-outputs.ts';
import { openWriter } from './alerts-writer.ts';
import { columns } from './columns.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface RedriveOptions {
  readonly stack: string;
  readonly limit?: string;
  readonly dryRun?: boolean;
}

/** Prints what lay there, by reason, and what became of it. */
export async function redriveVerb({ stack, limit, dryRun = false }: RedriveOptions): Promise<number> {
  const most = limitOf(limit);
  const queues = await findOutputs(stack, ['eventsQueueUrl', 'deadLettersQueueUrl']);
  const reasons = await redrive({ ...queues, limit: most, dryRun, now: Date.now() });
  if (reasons.length === 0) {
    notice('The dead-letter queue is empty.');
    return EXIT.done;
  }
  const rows = reasons.map(({ messages, events, reason }) => [
    String(messages),
    String(events),
    events === 0 ? 'stays' : dryRun ? 'would go back' : 'sent back',
    safeText(reason),
  ]);
  const writer = openWriter(undefined);
  await writer.write(columns([['MESSAGES', 'EVENTS', 'OUTCOME', 'REASON'], ...rows]));
  await writer.end();
  if (reasons.some(({ events }) => events === 0))
    notice(
      'What stays is no event of ours. SQS deletes it 14 days after it came; docs/runbook.md says what it may be.',
    );
  return EXIT.done;
}

function limitOf(written: string | undefined): number {
  if (written === undefined) return Infinity;
  const limit = Number(written);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError(
      `--limit: expected a number of messages, got ${JSON.stringify(written.slice(0, 40))}`,
    );
  return limit;
}
