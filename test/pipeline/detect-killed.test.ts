/**
 * Kills detect before and after each thing it does, and lets other runs in at each such moment: what it comes to is always
 * what an undisturbed run comes to.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Detection } from '../../lib/core/detections/contract.ts';
import { impossibleTravel } from '../../lib/core/detections/impossible-travel.ts';
import { rulesFor } from '../../lib/core/engine.ts';
import type { Authentication, Event } from '../../lib/core/events/index.ts';
import type { SubjectRef } from '../../lib/core/people/subject.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { detect, type Detecting } from '../../lib/pipeline/detect.ts';
import { ticksFor } from '../../lib/pipeline/send-ticks.ts';
import { appendEvents } from '../../lib/stores/subject-log.ts';
import type { Table } from '../../lib/stores/table.ts';
import { PipelineTables } from '../support/pipeline-tables.ts';

const START = Date.UTC(2026, 10, 2, 12);
const NOW = START + 4 * DAY_MS;

const tables = new PipelineTables();
beforeAll(() => tables.open());
afterAll(() => tables.close());

/** Remembers every event it is given, and says which when it is asked. */
const memory = {
  ...impossibleTravel,
  id: 'memory',
  alertPer: 'standing',
  watches: ['authentication'],
  subjects: ['person'],
  parameters: {},
  needs: [],
  state: { version: 1, empty: () => ({ seen: [] }), keepDays: 400 },
  evaluate({ uid, statusDetail }: Authentication, state: { seen: readonly string[] }) {
    const next = { seen: [...state.seen, uid] };
    if (statusDetail !== 'tell') return { outcome: 'clear', state: next };
    return { outcome: 'finding', state: next, findings: [finding([...next.seen].sort().join(' '))] };
  },
} as unknown as Detection;

/** Finds fault with a bad event, unless the one before it was an excuse. */
const suspicion = {
  ...memory,
  id: 'suspicion',
  alertPer: 'day',
  state: { version: 1, empty: () => ({ before: '' }), keepDays: 30 },
  evaluate({ statusDetail = '' }: Authentication, state: { before: string }) {
    const isBad = statusDetail === 'bad' && state.before !== 'excuse';
    const next = { before: statusDetail };
    return isBad
      ? { outcome: 'finding', state: next, findings: [finding('Bad.')] }
      : { outcome: 'clear', state: next };
  },
} as unknown as Detection;

function finding(summary: string): object {
  return { severity: 'high', confidence: 'high', summary, why: [], evidence: [], restates: true };
}

function detecting(now: number, over: Partial<Detecting> = {}): Detecting {
  const has = { roster: false, places: true, inventory: false };
  return tables.detecting(now, { rules: rulesFor([memory, suspicion], {}, has), ...over });
}

let people = 0;

/** Somebody with a sealed past and something that is to be sealed. */
class Somebody {
  readonly subject: SubjectRef = { kind: 'person', id: `p${people++}@example.com` };

  async live(): Promise<this> {
    await this.take(['first'], START, START);
    await this.take(['second'], START + 25 * HOUR_MS, START + 25 * HOUR_MS);
    await this.tick(START + 2 * DAY_MS);
    return this;
  }

  signIn(uid: string, time: number, statusDetail = uid): Authentication {
    return {
      kind: 'authentication',
      activity: 'logon',
      status: 'success',
      interactive: true,
      time,
      source: 'okta',
      feed: 'system-log',
      uid,
      statusDetail,
      actor: { type: 'user', address: this.subject.id },
    };
  }

  async take(uids: readonly string[], time: number, now: number): Promise<void> {
    const events = uids.map((uid) => this.signIn(uid, time));
    expect((await detect(events, detecting(now))).failed).toEqual([]);
  }

  async tick(now: number): Promise<void> {
    expect((await detect(ticksFor([this.subject], now), detecting(now))).failed).toEqual([]);
  }

  /** What the alerts say now, and once everything is sealed. */
  async outcome(): Promise<typeof UNDISTURBED> {
    const shown = await this.#alerts();
    for (const days of [2, 3]) await this.tick(NOW + days * DAY_MS);
    await this.take(['tell'], NOW + 4 * DAY_MS, NOW + 4 * DAY_MS);
    return { shown, sealed: await this.#alerts() };
  }

  async #alerts(): Promise<readonly string[]> {
    const alerts = (await tables.everyAlert()).filter(
      ({ subject, status }) => subject.id === this.subject.id && status === 'open',
    );
    return alerts.map(({ detection, summary }) => `${detection}: ${summary}`).sort();
  }
}

/** One message: an event that is old but not sealed, one older than what is sealed, a bad one, and one that asks. */
function messageOf(who: Somebody): readonly Event[] {
  return [
    who.signIn('old', NOW - 30 * HOUR_MS),
    who.signIn('late', START + HOUR_MS),
    who.signIn('bad', NOW - HOUR_MS),
    who.signIn('asked', NOW - 2 * MINUTE_MS, 'tell'),
  ];
}

/** Another: the same, and an excuse for what is bad. */
function otherMessageOf(who: Somebody): readonly Event[] {
  return [
    who.signIn('other-old', NOW - 29 * HOUR_MS),
    who.signIn('other-late', START + 2 * HOUR_MS),
    who.signIn('excuse', NOW - 2 * HOUR_MS),
    who.signIn('other-asked', NOW - MINUTE_MS, 'tell'),
  ];
}

const FOLDED = 'asked bad excuse first late old other-asked other-late other-old second';
const UNDISTURBED: { readonly shown: readonly string[]; readonly sealed: readonly string[] } = {
  shown: [`memory: ${FOLDED}`],
  sealed: [`memory: ${FOLDED} tell`],
};

/** Calls `at` in the place of step number `number` of a run: a request to a table, or a message. */
function disturbed(number: number, at: (does: () => Promise<unknown>) => Promise<unknown>, now: number) {
  let step = 0;
  const watched = (does: () => Promise<unknown>): Promise<unknown> => (++step === number ? at(does) : does());
  const table = ({ name, client }: Table): Table => {
    const send = (command: never): Promise<unknown> => watched(() => client.send(command));
    return { name, client: { send } } as unknown as Table;
  };
  const run = detecting(now);
  const queue = {
    send: (events: readonly Event[]) => watched(() => run.queue.send(events)) as Promise<void>,
  };
  return {
    run: { ...run, ledger: table(run.ledger), alerts: table(run.alerts), queue },
    wasReached: () => step >= number,
  };
}

async function atEveryStep(trial: (number: number) => Promise<boolean>): Promise<void> {
  for (let number = 1; await trial(number); number++) expect(number).toBeLessThan(200);
}

it('comes to this when nothing disturbs it', async () => {
  const who = await new Somebody().live();
  await detect(messageOf(who), detecting(NOW));
  await detect(otherMessageOf(who), detecting(NOW));
  expect(await who.outcome()).toEqual(UNDISTURBED);
});

it.each(['before', 'after'])('comes to the same when it is killed %s anything it does', async (when) => {
  await atEveryStep(async (number) => {
    const who = await new Somebody().live();
    const { run, wasReached } = disturbed(
      number,
      async (does) => {
        if (when === 'after') await does();
        throw new Error('killed');
      },
      NOW,
    );
    await detect(messageOf(who), run);
    await detect(otherMessageOf(who), detecting(NOW));
    await detect(messageOf(who), detecting(NOW + MINUTE_MS));
    expect([number, await who.outcome()]).toEqual([number, UNDISTURBED]);
    return wasReached();
  });
});

it.each([
  ['whose clock is as fast', NOW],
  ['whose clock is behind', NOW - 2_000],
  ['whose clock is ahead', NOW + 2_000],
])('comes to the same whenever another run %s gets in between', async (_, otherNow) => {
  await atEveryStep(async (number) => {
    const who = await new Somebody().live();
    const { run, wasReached } = disturbed(
      number,
      async (does) => {
        expect((await detect(otherMessageOf(who), detecting(otherNow))).failed).toEqual([]);
        tables.clock.time = NOW;
        return does();
      },
      NOW,
    );
    const { failed } = await detect(messageOf(who), run);
    expect(failed).toEqual([]);
    if (!wasReached()) await detect(otherMessageOf(who), detecting(NOW));
    expect([number, await who.outcome()]).toEqual([number, UNDISTURBED]);
    return wasReached();
  });
});

it('folds what comes into a crowded log while its time is being sealed, though whoever stored it has gone', async () => {
  const who = await new Somebody().live();
  const many = Array.from({ length: 5_200 }, (_, n) => who.signIn('many', NOW - 2 * HOUR_MS + n));
  await appendEvents(tables.ledger, who.subject, many, NOW);
  // Both before what it read is saved, and after.
  const uids = ['old', 'older'];
  const { ledger, ...run } = detecting(NOW);
  const send = async (command: never): Promise<unknown> => {
    const isSave = (command as unknown) instanceof PutCommand && isOfState(command);
    const uid = isSave ? uids.shift() : undefined;
    if (uid !== undefined) await detect([who.signIn(uid, NOW - 30 * HOUR_MS)], detecting(NOW));
    return ledger.client.send(command);
  };
  const busy = { name: ledger.name, client: { send } } as unknown as Table;
  await detect(ticksFor([who.subject], NOW), { ...run, ledger: busy });
  expect(uids).toEqual([]);
  const { sealed } = await who.outcome();
  expect(sealed.join().replaceAll('many ', '')).toBe('memory: first old older second tell');
});

function isOfState({ input }: PutCommand): boolean {
  return input.Item?.['sk'] === 'state';
}
