import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Approval } from '../../lib/core/policy.ts';
import {
  readAllApprovals,
  readApprovalRevision,
  readApprovals,
  recordApproval,
  withdrawApproval,
} from '../../lib/stores/approvals.ts';
import { openEmbeddedStore, type EmbeddedStore } from '../../lib/stores/embedded/embedded-store.ts';

const NOW = Date.UTC(2026, 10, 2);
const TRIP: Approval = {
  kind: 'travel',
  for: { people: ['ann@example.com'] },
  country: 'JP',
  until: Date.UTC(2026, 10, 20),
  reason: 'a conference',
};

let folder: string;
let store: EmbeddedStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringer-test-'));
  store = await openEmbeddedStore(folder);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('recorded approvals', () => {
  it('come back as they were recorded, with who and when', async () => {
    const recorded = await recordApproval(store.directory, TRIP, 'bob', NOW);
    expect(recorded).toEqual({
      ...TRIP,
      id: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      who: 'bob',
      createdTime: NOW,
    });
    expect(await readApprovals(store.directory)).toEqual([recorded]);
  });

  it('are ordered by when they end', async () => {
    for (const until of [3, 1, 2]) await recordApproval(store.directory, { ...TRIP, until }, 'bob', NOW);
    expect((await readApprovals(store.directory)).map(({ until }) => until)).toEqual([1, 2, 3]);
  });

  it('are read whole, however many there are', async () => {
    const reason = 'x'.repeat(2_000);
    for (let each = 0; each < 600; each++)
      await recordApproval(store.directory, { ...TRIP, reason }, 'bob', NOW);
    // More than the megabyte that DynamoDB gives at once.
    expect(await readApprovals(store.directory)).toHaveLength(600);
  });

  it('cover nothing once they are withdrawn, and stay on record', async () => {
    const recorded = await recordApproval(store.directory, TRIP, 'bob', NOW);
    const withdrawn = { who: 'carol', why: 'cancelled', time: NOW + 1 };
    expect(await withdrawApproval(store.directory, recorded, withdrawn)).toBe(true);
    expect(await readApprovals(store.directory)).toEqual([]);
    expect(await readAllApprovals(store.directory)).toEqual([{ ...recorded, withdrawn }]);
  });

  it('are withdrawn once: the first one who did it stands', async () => {
    const recorded = await recordApproval(store.directory, TRIP, 'bob', NOW);
    const by = (who: string) =>
      withdrawApproval(store.directory, recorded, { who, why: 'cancelled', time: NOW });
    expect([await by('carol'), await by('dave')]).toEqual([true, false]);
    expect((await readAllApprovals(store.directory))[0]?.withdrawn?.who).toBe('carol');
  });

  it('are not made by withdrawing what is not there', async () => {
    const nowhere = { ...TRIP, id: '0'.repeat(12), who: 'bob', createdTime: NOW };
    const withdrawal = { who: 'carol', why: 'x', time: NOW };
    expect(await withdrawApproval(store.directory, nowhere, withdrawal)).toBe(false);
    expect(await readAllApprovals(store.directory)).toEqual([]);
  });

  it('have another revision after each change', async () => {
    const revisions = [await readApprovalRevision(store.directory)];
    const recorded = await recordApproval(store.directory, TRIP, 'bob', NOW);
    revisions.push(await readApprovalRevision(store.directory));
    await withdrawApproval(store.directory, recorded, { who: 'bob', why: 'x', time: NOW });
    revisions.push(await readApprovalRevision(store.directory));
    expect(revisions).toEqual([0, 1, 2]);
  });
});
