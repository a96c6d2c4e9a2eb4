import { coversCaller } from '../../lib/cli/approve-oneself.ts';
import { buildDirectory } from '../../lib/core/people/directory.ts';

const people = buildDirectory({
  roster: [
    { email: 'ann@example.com', aliases: ['a.lee@example.com'], department: 'Data' },
    { email: 'bob@example.com', department: 'Security' },
  ],
  users: [],
}).people;

describe('an approval covers whoever records it', () => {
  it.each([
    ['by their address, whatever the case', 'Ann@Example.com', { people: ['ann@example.com'] }],
    ['by its local part', 'ann', { people: ['bob@example.com', 'ann@example.com'] }],
    ['by the local part of a session of another domain', 'ann@example.org', { people: ['ann@example.com'] }],
    ['by another address of theirs', 'a.lee', { people: ['ann@example.com'] }],
    ['by their address when it names another one', 'ann@example.com', { people: ['a.lee@example.com'] }],
    ['by their department', 'ann', { departments: ['data'] }],
  ])('%s', (_, caller, scope) => {
    expect(coversCaller(scope, caller, people)).toBeDefined();
  });

  it.each([
    ['when it is for somebody else', 'bob', { people: ['ann@example.com'], departments: ['Data'] }],
    ['when their name only begins alike', 'an', { people: ['ann@example.com'] }],
    ['when it is for a device', 'ann', { devices: ['ann'] }],
  ])('but not %s', (_, caller, scope) => {
    expect(coversCaller(scope, caller, people)).toBeUndefined();
  });
});
