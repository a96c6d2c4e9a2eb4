import { EVENT_TRIES } from '../../lib/config/names.ts';
import { RingerError } from '../../lib/core/errors.ts';
import type { Authentication } from '../../lib/core/events/index.ts';
import { detectMessage } from '../../lib/pipeline/detect-message.ts';
import type { Detecting } from '../../lib/pipeline/detect.ts';
import { packEvents } from '../../lib/pipeline/event-message.ts';
import { gzipSync } from 'node:zlib';
import { PipelineTables } from '../support/pipeline-tables.ts';

const tables = new PipelineTables();
beforeEach(() => tables.open());
afterEach(() => tables.close());

const NOW = Date.UTC(2026, 10, 2, 12);

function signIn(uid: string, address: string): Authentication {
  return {
    kind: 'authentication',
    activity: 'logon',
    status: 'success',
    interactive: true,
    time: NOW,
    source: 'okta',
    feed: 'system-log',
    uid,
    actor: { type: 'user', address },
  };
}

const ADA = signIn('ada-1', 'ada.novak@example.com');
const BOB = signIn('bob-1', 'bob@example.com');

/** Fails for Ada alone: her directory entry cannot be read. */
function failing(cause: Error): Detecting {
  const run = tables.detecting(NOW);
  return {
    ...run,
    directory: {
      ...run.directory,
      person(address) {
        if (address === 'ada.novak@example.com') throw cause;
        return run.directory.person(address);
      },
    },
  };
}

async function given(body: string, attempt: number, run: Detecting) {
  const aside: { entry: unknown; because: string }[] = [];
  const result = await detectMessage(body, attempt, run, (entry, because) => {
    aside.push({ entry, because });
    return Promise.resolve();
  }).catch((thrown: unknown) => thrown);
  return { result, aside };
}

const [body = ''] = packEvents([ADA, BOB]);
const BUSY = new RingerError('STORE_FAILED', 'others were first', { retryable: true });

it('asks for the message again when what went wrong may pass', async () => {
  const { result, aside } = await given(body, 1, failing(BUSY));
  expect([result, aside]).toEqual([BUSY, []]);
  expect(await tables.partitions()).toContain('subject#person:bob@example.com');
});

it('sets the events of one subject aside at the last try, and keeps the rest', async () => {
  const { result, aside } = await given(body, EVENT_TRIES, failing(BUSY));
  expect(result).toMatchObject({ subjects: 2, setAside: 1 });
  expect(aside).toEqual([{ entry: ADA, because: 'others were first' }]);
});

it('does not try again what will never work', async () => {
  const wrong = new RingerError('INVARIANT', 'a state of version 99');
  const { aside } = await given(body, 1, failing(wrong));
  expect(aside).toEqual([{ entry: ADA, because: 'a state of version 99' }]);
});

it('sets an entry aside that is no event, with what is wrong with it', async () => {
  const odd = gzipSync(JSON.stringify({ version: 1, events: [{ kind: 'authentication' }, BOB] }));
  const { result, aside } = await given(odd.toString('base64'), 1, tables.detecting(NOW));
  expect(aside).toEqual([{ entry: { kind: 'authentication' }, because: 'source: expected a text' }]);
  expect(result).toMatchObject({ events: 1, setAside: 1 });
});

it('sets aside only when the message does not come again, so that nothing is set aside twice', async () => {
  const odd = gzipSync(JSON.stringify({ version: 1, events: [{ kind: 'authentication' }, ADA] }));
  const tried = await given(odd.toString('base64'), 1, failing(BUSY));
  const again = await given(odd.toString('base64'), 2, tables.detecting(NOW));
  expect([tried.result, tried.aside, again.aside.length]).toEqual([BUSY, [], 1]);
});

it('sets an event aside whose fields are not what they must be, and does the rest', async () => {
  const odd = { ...ADA, actor: null };
  const packed = gzipSync(JSON.stringify({ version: 1, events: [odd, BOB] })).toString('base64');
  const { aside } = await given(packed, EVENT_TRIES, tables.detecting(NOW));
  expect(aside).toMatchObject([{ entry: { uid: 'ada-1' } }]);
  expect(await tables.partitions()).toContain('subject#person:bob@example.com');
});

it('does the rest when links between addresses cannot be kept', async () => {
  const run = { ...tables.detecting(NOW), learnLinks: () => Promise.reject(BUSY) };
  const linked = { ...ADA, actor: { ...ADA.actor, otherAddresses: ['ada@example.org'] } } as Authentication;
  const [message = ''] = packEvents([linked, BOB]);
  expect((await given(message, 1, run)).result).toBe(BUSY);
  expect(await tables.partitions()).toContain('subject#person:bob@example.com');
});

it('gives back a message that is none of ours', async () => {
  expect((await given('nonsense', 1, tables.detecting(NOW))).result).toMatchObject({ code: 'INVARIANT' });
});
