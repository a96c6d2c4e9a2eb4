/** Fresh tables for a test of the pipeline, and a run of detecting on them. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { DETECTIONS } from '../../lib/core/detections/index.ts';
import { rulesFor } from '../../lib/core/engine.ts';
import type { Event } from '../../lib/core/events/index.ts';
import { buildDirectory } from '../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../lib/core/policy.ts';
import { createAtlas } from '../../lib/geo/atlas.ts';
import { newBooked } from '../../lib/pipeline/booked.ts';
import type { Detecting } from '../../lib/pipeline/detect.ts';
import { newTold } from '../../lib/pipeline/told.ts';
import { findAlerts } from '../../lib/stores/alert-queries.ts';
import { openEmbeddedStore, type EmbeddedStore } from '../../lib/stores/embedded/embedded-store.ts';
import type { Table } from '../../lib/stores/table.ts';
import { TestClock } from './clock.ts';

export class PipelineTables {
  /** What was sent to the queue, in order. */
  readonly sent: Event[] = [];
  readonly clock = new TestClock(0);
  readonly #folder = mkdtempSync(join(tmpdir(), 'ringer-test-'));
  #count = 0;
  #store: EmbeddedStore | undefined;

  /** Opens empty tables. */
  async open(): Promise<void> {
    this.#store = await openEmbeddedStore(join(this.#folder, String(this.#count++)));
    this.sent.length = 0;
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  get ledger(): Table {
    return this.#store!.ledger;
  }

  get alerts(): Table {
    return this.#store!.alerts;
  }

  get directory(): Table {
    return this.#store!.directory;
  }

  /** Gives a run with the whole catalogue, in which nobody is known. */
  detecting(now: number, over: Partial<Detecting> = {}): Detecting {
    this.clock.time = now;
    const atlas = createAtlas({});
    return {
      ledger: this.ledger,
      alerts: this.alerts,
      queue: {
        send: (events) => {
          this.sent.push(...events);
          return Promise.resolve();
        },
      },
      told: newTold(),
      booked: newBooked(),
      clock: this.clock,
      place: (endpoint) => atlas.place(endpoint),
      directory: buildDirectory({ roster: [], users: [] }),
      policy: NO_POLICY,
      rules: rulesFor(DETECTIONS, {}, { roster: false, places: true, inventory: true }),
      organization: { peopleCount: 0, domains: [], partnerDomains: [] },
      learnUsers: () => Promise.resolve(),
      learnLinks: () => Promise.resolve(),
      failed: (_detection, _event, cause) => {
        throw cause;
      },
      cannotTell: () => undefined,
      ...over,
    };
  }

  /** Every partition of the ledger, each once. */
  async partitions(): Promise<readonly string[]> {
    const { Items = [] } = await this.ledger.client.send(new ScanCommand({ TableName: this.ledger.name }));
    return [...new Set(Items.map(({ pk }) => pk as string))].sort();
  }

  /** Fills the ledger with items as they were stored by an earlier version. */
  async restore(items: readonly Record<string, unknown>[]): Promise<void> {
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    await this.ledger.client.send(new BatchWriteCommand({ RequestItems: { [this.ledger.name]: requests } }));
  }

  async everyAlert(): Promise<readonly Alert[]> {
    const alerts: Alert[] = [];
    for await (const { alert } of findAlerts(this.alerts, {})) alerts.push(alert);
    return alerts;
  }
}
