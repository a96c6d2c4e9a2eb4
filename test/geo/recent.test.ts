import { remembering } from '../../lib/geo/recent.ts';

test('asks once for what was asked lately', () => {
  const asked: string[] = [];
  const recall = remembering((text) => (asked.push(text), { text }), 4);
  for (const text of ['a', 'b', 'a', 'b', 'a']) recall(text);
  expect(asked).toEqual(['a', 'b']);
});

test('forgets what was asked longest ago, not what is asked again and again', () => {
  const asked: string[] = [];
  const recall = remembering((text) => (asked.push(text), { text }), 4);
  for (const text of ['a', 'b', 'c', 'a', 'd', 'a', 'e', 'a', 'b']) recall(text);
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'b']);
});

test('gives each text its own answer', () => {
  const recall = remembering((text) => ({ text }), 2);
  expect(['a', 'b', 'c', 'a'].map((text) => recall(text).text)).toEqual(['a', 'b', 'c', 'a']);
});
