import { fits, readPattern } from '../../../lib/simulator/twin/event-pattern.ts';

const EVENT = {
  eventName: 'INSERT',
  tags: ['a', 'b'],
  dynamodb: { Keys: { sk: { S: 'alert#1' } } },
  nothing: null,
};

it.each([
  [{ eventName: ['INSERT', 'MODIFY'] }, true],
  [{ eventName: ['REMOVE'] }, false],
  [{ eventName: ['INSERT'], missing: ['x'] }, false],
  [{ tags: ['b'] }, true],
  [{ nothing: [null] }, true],
  [{ missing: [null] }, false],
  [{ missing: [{ exists: false }] }, true],
  [{ eventName: [{ exists: true }] }, true],
  [{ dynamodb: { Keys: { sk: { S: [{ prefix: 'alert' }] } } } }, true],
  [{ dynamodb: { Keys: { sk: { S: [{ suffix: '#2' }, { suffix: '#1' }] } } } }, true],
  [{ dynamodb: { Keys: { pk: { S: ['x'] } } } }, false],
  [{ eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
  [{ eventName: [{ 'anything-but': { prefix: 'INS' } }] }, false],
  [{ missing: [{ 'anything-but': 'x' }] }, false],
])('tells whether an event fits %j: %s', (pattern, expected) => {
  expect(fits(EVENT, readPattern(pattern))).toBe(expected);
});

it.each([{ $or: [{ a: [1] }] }, { a: [{ numeric: ['>', 1] }] }, { a: 'text' }])(
  'refuses the pattern %j, which it cannot judge',
  (pattern) => {
    expect(() => readPattern(pattern)).toThrow('does not know the event pattern');
  },
);
