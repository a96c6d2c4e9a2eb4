import { merge } from '../../../lib/sources/aws/merge.ts';

/** A source that says when it is begun, asked and ended. */
function source(
  name: string,
  count: number,
  log: string[],
  failsAt = Infinity,
): () => AsyncGenerator<string> {
  return async function* () {
    log.push(`begin ${name}`);
    try {
      for (let index = 0; index < count; index++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (index === failsAt) throw new Error(name);
        yield `${name}${index}`;
      }
    } finally {
      log.push(`end ${name}`);
    }
  };
}

async function all(sources: readonly (() => AsyncGenerator<string>)[], atOnce: number): Promise<string[]> {
  const given: string[] = [];
  for await (const value of merge(sources, atOnce)) given.push(value);
  return given;
}

it('gives everything of all, each in its order', async () => {
  const log: string[] = [];
  const given = await all([source('a', 3, log), source('b', 0, log), source('c', 2, log)], 2);
  expect(given.filter((value) => value.startsWith('a'))).toEqual(['a0', 'a1', 'a2']);
  expect(given.filter((value) => value.startsWith('c'))).toEqual(['c0', 'c1']);
  expect(given).toHaveLength(5);
});

it('has no more running than it may', async () => {
  const log: string[] = [];
  await all(
    ['a', 'b', 'c', 'd'].map((name) => source(name, 2, log)),
    2,
  );
  let running = 0;
  const most = Math.max(...log.map((line) => (running += line.startsWith('begin') ? 1 : -1)));
  expect(most).toBe(2);
  expect(log.filter((line) => line.startsWith('begin'))).toEqual([
    'begin a',
    'begin b',
    'begin c',
    'begin d',
  ]);
});

it('goes on with a source only when what it gave has been taken', async () => {
  const log: string[] = [];
  const merged = merge([source('a', 2, log)], 2);
  await merged.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(log).toEqual(['begin a']);
  await merged.next();
  await merged.next();
  expect(log).toEqual(['begin a', 'end a']);
});

it('ends what is running when nobody wants more, and begins nothing else', async () => {
  const log: string[] = [];
  const merged = merge(
    ['a', 'b', 'c'].map((name) => source(name, 5, log)),
    2,
  );
  await merged.next();
  await merged.return(undefined);
  expect(log.sort()).toEqual(['begin a', 'begin b', 'end a', 'end b']);
});

it('ends the others when one fails', async () => {
  const log: string[] = [];
  await expect(all([source('a', 9, log), source('b', 9, log, 1)], 2)).rejects.toThrow('b');
  expect(log.sort()).toEqual(['begin a', 'begin b', 'end a', 'end b']);
});
