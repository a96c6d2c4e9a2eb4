/** Nothing is lost, whatever comes late, and wherever runs are cut or die. */
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { fileDownloaded, signIn } from '../../../lib/simulator/microsoft/records.ts';
import { fieldOf, NOW, TestTenant } from './tenant.ts';

const WHO = { userName: 'ada.novak@example.com', ip: '192.0.2.10' };
const REQUEST_MS = 20 * SECOND_MS;

interface Happening {
  /** Since the start. */
  readonly atMs: number;
  /** From then until Microsoft lists it. */
  readonly lateMs: number;
}

interface Run {
  readonly pauseMs: number;
  /** As many as there is time for. */
  readonly requests: number;
  /** Dies after this many pages, before the cursor of the last one is saved; otherwise all are kept. */
  readonly diesAfter: number | undefined;
}

type Add = (tenant: TestTenant, id: string, happening: Happening) => void;

/** Lets runs read what happens meanwhile, one after the other, and gives the ids of what they never read. */
async function lost(
  feed: string,
  happenings: readonly Happening[],
  runs: readonly Run[],
  add: Add,
): Promise<string[]> {
  const tenant = new TestTenant({ pageRecords: 2, pageBlobs: 2 });
  await tenant.fake.start();
  const transport = (request: Request): Promise<Response> => {
    tenant.clock.time += REQUEST_MS;
    return fetch(request);
  };
  try {
    for (const [index, happening] of happenings.entries()) add(tenant, `record-${index}`, happening);
    const read = new Set<unknown>();
    let cursor: unknown;
    const wholeRuns = Array.from({ length: 3 }, () => ({
      pauseMs: DAY_MS,
      requests: 1_000,
      diesAfter: undefined,
    }));
    for (const { pauseMs, requests, diesAfter = Infinity } of [...runs, ...wholeRuns]) {
      tenant.clock.time += pauseMs;
      const deadline = tenant.clock.time + requests * REQUEST_MS;
      let pages = 0;
      for await (const page of tenant.pages(feed, cursor, deadline, { transport })) {
        for (const id of [...fieldOf([page], 'id'), ...fieldOf([page], 'Id')]) read.add(id);
        if (++pages >= diesAfter) break;
        cursor = JSON.parse(JSON.stringify(page.cursor));
      }
    }
    return happenings.map((_, index) => `record-${index}`).filter((id) => !read.has(id));
  } finally {
    await tenant.fake.stop();
  }
}

function happenings(latestMs: number): fc.Arbitrary<Happening[]> {
  const atMs = fc.integer({ min: -2 * HOUR_MS, max: 6 * HOUR_MS });
  return fc.array(fc.record({ atMs, lateMs: fc.integer({ min: 0, max: latestMs }) }), {
    minLength: 1,
    maxLength: 25,
  });
}

const runs = fc.array(
  fc.record({
    pauseMs: fc.integer({ min: MINUTE_MS, max: 90 * MINUTE_MS }),
    requests: fc.integer({ min: 1, max: 40 }),
    diesAfter: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  }),
  { maxLength: 8 },
);

const addSignIn: Add = (tenant, id, { atMs, lateMs }) =>
  tenant.fake.add('sign-ins', [signIn({ ...WHO, id, time: NOW + atMs })], NOW + atMs + lateMs);

const addOtherSignIn: Add = (tenant, id, { atMs, lateMs }) =>
  tenant.fake.add(
    'other-sign-ins',
    [signIn({ ...WHO, id, time: NOW + atMs }, 'nonInteractiveUser')],
    NOW + atMs + lateMs,
  );

/** What is in a blob may be of any time. */
const addBlob: Add = (tenant, id, { atMs, lateMs }) =>
  tenant.fake.addContent({
    contentType: 'Audit.General',
    records: [fileDownloaded({ ...WHO, id, time: NOW + atMs - 5 * DAY_MS })],
    createdTime: NOW + atMs,
    availableTime: NOW + atMs + lateMs,
  });

it.each([
  ['a sign-in an hour late', 'sign-ins', HOUR_MS, addSignIn],
  ['another sign-in three hours late', 'other-sign-ins', 3 * HOUR_MS, addOtherSignIn],
  ['a blob that shows two minutes after the time that it bears', 'audit', 2 * MINUTE_MS - SECOND_MS, addBlob],
] as const)('reads %s', async (_, feed, latestMs, add) => {
  await fc.assert(
    fc.asyncProperty(happenings(latestMs), runs, async (what, slices) => {
      expect(await lost(feed, what, slices, add)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

it('loses what is later than that, so that the property could fail', async () => {
  const run = { pauseMs: 0, requests: 1_000, diesAfter: undefined };
  const late = { atMs: -2 * HOUR_MS, lateMs: 4 * HOUR_MS };
  expect(await lost('sign-ins', [late], [run], addSignIn)).toEqual(['record-0']);
});
