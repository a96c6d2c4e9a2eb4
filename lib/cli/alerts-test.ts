/** `ringer alerts test`: sends a marked alert the whole way, and reports each hop. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { durationText, SECOND_MS } from '../core/time.ts';
import { safeText } from '../core/alerts/text.ts';
import { findCanary, putCanary, type Canary } from '../stores/canaries.ts';
import type { Table } from '../stores/table.ts';
import { EXIT } from './exit.ts';
import { withTable, type StoreOptions } from './store-options.ts';
import { notice, ProgressLine } from './terminal.ts';

/** The queue waits some seconds to fill a batch, and functions may start cold; what takes longer is broken. */
const PATIENCE_MS = 90 * SECOND_MS;
const POLL_MS = SECOND_MS;

/** @returns 1 when a hop was not reached or a channel failed */
export async function alertsTestVerb(options: StoreOptions): Promise<number> {
  const token = randomUUID();
  if (options.store !== undefined) return withTable('alerts', options, (alerts) => testStore(token, alerts));
  return withTable('alerts', options, async (alerts) => {
    const [{ findOutputs }, { sendCanary }] = await Promise.all([
      import('../stores/stack-outputs.ts'),
      import('../pipeline/event-queue.ts'),
    ]);
    const { eventsQueueUrl } = await findOutputs(options.stack ?? '', ['eventsQueueUrl']);
    const sentAt = Date.now();
    await sendCanary(eventsQueueUrl, { token, sentAt, announce: true });
    return report(await arrival(alerts, token, sentAt), sentAt);
  });
}

/** A folder has no channels: what can be shown is that it takes and gives. */
async function testStore(token: string, alerts: Table): Promise<number> {
  await putCanary(alerts, { token, sentAt: Date.now(), announce: false }, Date.now());
  const isThere = (await findCanary(alerts, token)) !== undefined;
  line('store', isThere ? 'written and read back; it has no channels' : undefined);
  return isThere ? EXIT.done : EXIT.failed;
}

async function arrival(alerts: Table, token: string, sentAt: number): Promise<Canary | undefined> {
  const progress = new ProgressLine();
  let canary: Canary | undefined;
  while (!isHome(canary) && Date.now() < sentAt + PATIENCE_MS) {
    await setTimeout(POLL_MS);
    progress.show(() => `waiting for test ${token.slice(0, 8)}: ${durationText(Date.now() - sentAt)}`);
    canary = await findCanary(alerts, token);
  }
  progress.clear();
  return canary;
}

function isHome(canary: Canary | undefined): boolean {
  return canary?.notifiedAt !== undefined && canary.evidenceAt !== undefined;
}

function report(canary: Canary | undefined, sentAt: number): number {
  const after = (time: number | undefined): string | undefined =>
    time === undefined ? undefined : `after ${((time - sentAt) / SECOND_MS).toFixed(1)} s`;
  line('queue', 'sent');
  line('detect', after(canary?.detectedAt), 'see the log of the function Detect and the dead-letter queue');
  line('evidence', after(canary?.evidenceAt), 'see the log of the function Evidence');
  line('notify', after(canary?.notifiedAt), 'see the log of the function Notify');
  const channels = Object.entries(canary?.channels ?? {});
  for (const [id, outcome] of channels) line(id, outcome === 'sent' ? 'sent' : undefined, safeText(outcome));
  if (canary?.channels?.['topic'] === 'sent')
    notice('E-mail and webhooks hang on the topic: look there too, and confirm subscriptions that are not.');
  const isWell = isHome(canary) && channels.every(([, outcome]) => outcome === 'sent');
  return isWell ? EXIT.done : EXIT.failed;
}

function line(hop: string, outcome: string | undefined, otherwise = 'failed'): void {
  process.stdout.write(`${hop.padEnd(20)} ${outcome ?? `FAILED: ${otherwise}`}\n`);
}
