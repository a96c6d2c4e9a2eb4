import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventsOut } from '../../lib/cli/events-out.ts';
import { RingerError } from '../../lib/core/errors.ts';
import { NOON, signIn } from '../support/people-and-places.ts';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'events-out-')), 'events.ndjson');
const event = (uid: string) => signIn({ at: NOON, uid });
const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

describe('the file of stored events', () => {
  it('has one line an event, by its vendor’s id', () => {
    const path = fresh();
    const out = openEventsOut(path);
    out.append([event('a'), event('b')]);
    out.close();
    expect(lines(path)[0]).toBe(
      '{"source":"okta","feed":"system-log","eventId":"a","time":"2026-03-10T12:00:00.000Z"}',
    );
    expect(lines(path)).toHaveLength(2);
  });

  it('has no event twice, in one run or the next', () => {
    const path = fresh();
    const first = openEventsOut(path);
    first.append([event('a'), event('a')]);
    first.append([event('a'), event('b')]);
    first.close();
    const second = openEventsOut(path);
    second.append([event('b'), event('c')]);
    second.close();
    expect(lines(path).map((line) => (JSON.parse(line) as { eventId: string }).eventId)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('mends a line that was cut off', () => {
    const path = fresh();
    const first = openEventsOut(path);
    first.append([event('a')]);
    first.close();
    appendFileSync(path, '{"source":"okta","fe');
    const second = openEventsOut(path);
    second.append([event('b')]);
    second.close();
    expect(lines(path)).toHaveLength(2);
    expect(() => lines(path).map((line) => JSON.parse(line) as unknown)).not.toThrow();
  });

  it('reads what is longer than one piece of it', () => {
    const path = fresh();
    const many = Array.from({ length: 20_000 }, (_, n) => event(`event-${n}`));
    const first = openEventsOut(path);
    first.append(many);
    first.close();
    const second = openEventsOut(path);
    second.append(many);
    second.close();
    expect(lines(path)).toHaveLength(20_000);
  });

  it('says which file cannot be written', () => {
    expect(() => openEventsOut('/nowhere/at/all')).toThrow(RingerError);
  });
});
