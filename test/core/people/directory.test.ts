import fc from 'fast-check';
import type { Actor, DirectoryUser, SourceId, UserInventoryInfo } from '../../../lib/core/events/index.ts';
import { buildDirectory, type Directory } from '../../../lib/core/people/directory.ts';
import type { RosterRow } from '../../../lib/core/people/roster.ts';

const NOBODY: ReadonlySet<string> = new Set();
const ROLE = 'arn:aws:sts::123456789012:assumed-role/Admin/ann';

function user(source: SourceId, fields: DirectoryUser, time = 1): UserInventoryInfo {
  return {
    kind: 'user-inventory-info',
    time,
    source,
    feed: 'users',
    uid: fields.accountUid ?? fields.address,
    user: fields,
  };
}

function who(directory: Directory, actor: Partial<Actor>, source: SourceId = 'aws', services = NOBODY) {
  const subject = directory.subjectOf({ type: 'user', ...actor }, source, services);
  return subject === undefined ? undefined : `${subject.kind} ${subject.id}`;
}

describe('joining records into people', () => {
  it('makes one person of records that share any address, whatever the case', () => {
    const { people } = buildDirectory({
      roster: [{ email: 'ann@example.com', aliases: ['ann.n@example.com'] }],
      users: [
        user('okta', { address: 'ann_login', aliases: ['Ann.N@Example.com'] }),
        user('entra', { address: 'ann@example.onmicrosoft.com', aliases: ['ANN_LOGIN'] }),
      ],
    });
    expect(people).toEqual([
      {
        id: 'ann@example.com',
        addresses: ['ann@example.com', 'ann.n@example.com', 'ann@example.onmicrosoft.com', 'ann_login'],
        onRoster: true,
      },
    ]);
  });

  it('keeps apart people who share no address', () => {
    const { people } = buildDirectory({
      roster: [{ email: 'a@example.com' }, { email: 'b@example.com' }],
      users: [],
    });
    expect(people.map(({ id }) => id)).toEqual(['a@example.com', 'b@example.com']);
  });

  it('takes the primary address from the people file, then Okta, Entra and Google', () => {
    const aliases = ['x@example.com'];
    const users = [
      user('google', { address: 'a@example.com', aliases }),
      user('entra', { address: 'b@example.com', aliases }),
      user('okta', { address: 'c@example.com', aliases }),
    ];
    const idOf = (roster: readonly RosterRow[], count: number) =>
      buildDirectory({ roster, users: users.slice(0, count) }).people[0]?.id;
    expect([idOf([], 1), idOf([], 2), idOf([], 3), idOf([{ email: 'd@example.com', aliases }], 3)]).toEqual([
      'a@example.com',
      'b@example.com',
      'c@example.com',
      'd@example.com',
    ]);
  });

  it('takes the first in the alphabet of addresses that only records link', () => {
    const { people } = buildDirectory({
      roster: [],
      users: [],
      links: [
        ['m@example.com', 'z@example.com'],
        ['b@example.com', 'm@example.com'],
      ],
    });
    expect(people).toEqual([
      {
        id: 'b@example.com',
        addresses: ['b@example.com', 'm@example.com', 'z@example.com'],
        onRoster: false,
      },
    ]);
  });

  it('prefers an e-mail to a bare login', () => {
    const { people } = buildDirectory({ roster: [], users: [], links: [['ann', 'zed@example.com']] });
    expect(people[0]?.id).toBe('zed@example.com');
  });

  it('knows people whom only a directory lists', () => {
    const directory = buildDirectory({
      roster: [],
      users: [user('okta', { address: 'a@example.com', name: 'Ann', country: 'DE' })],
    });
    expect(directory.person('A@example.com')).toEqual({
      id: 'a@example.com',
      addresses: ['a@example.com'],
      name: 'Ann',
      workPlace: { country: 'DE' },
      onRoster: false,
    });
  });
});

describe('describing a person', () => {
  const okta = user('okta', {
    address: 'a@example.com',
    name: 'Anne',
    department: 'Finance',
    country: 'US',
    city: 'Austin',
  });

  it('lets the people file win and lists what differs', () => {
    const { people, differences } = buildDirectory({
      roster: [{ email: 'a@example.com', name: 'Ann', workPlace: { country: 'DE' } }],
      users: [okta],
    });
    expect(people[0]).toMatchObject({ name: 'Ann', department: 'Finance', workPlace: { country: 'DE' } });
    expect(differences).toEqual([
      'a@example.com: name is "Ann" in the people file, "Anne" in okta',
      'a@example.com: workCountry is "DE" in the people file, "US" in okta',
    ]);
  });

  it('never puts the city of one record into the country of another', () => {
    const { people } = buildDirectory({
      roster: [{ email: 'a@example.com', workPlace: { country: 'DE' } }],
      users: [okta],
    });
    expect(people[0]?.workPlace).toEqual({ country: 'DE' });
  });

  it('finds where claimed cities are, in the people file and in directories', () => {
    const { people } = buildDirectory({
      roster: [{ email: 'b@example.com', workPlace: { country: 'US', city: 'Austin' } }],
      users: [okta],
      locate: (claim) => (claim.city === 'Austin' ? { ...claim, lat: 30.27, lon: -97.74 } : claim),
    });
    const place = { country: 'US', city: 'Austin', lat: 30.27, lon: -97.74 };
    expect(people.map(({ workPlace }) => workPlace)).toEqual([place, place]);
  });

  it('takes two spellings of a place for the same place', () => {
    const { differences } = buildDirectory({
      roster: [{ email: 'a@example.com', workPlace: { country: 'US', region: 'TX', city: 'NYC' } }],
      users: [user('okta', { address: 'a@example.com', country: 'US', region: 'Texas', city: 'New York' })],
      locate: (claim) => ({ ...claim, lat: 40.71, lon: -74.01 }),
    });
    expect(differences).toEqual([]);
  });

  it('lists another city as a difference', () => {
    const { differences } = buildDirectory({
      roster: [{ email: 'a@example.com', workPlace: { country: 'US', city: 'Austin' } }],
      users: [user('okta', { address: 'a@example.com', country: 'US', city: 'Dallas' })],
    });
    expect(differences).toEqual(['a@example.com: workCity is "Austin" in the people file, "Dallas" in okta']);
  });

  it('lists no differences among directories when there is no people file', () => {
    const entra = user('entra', { address: 'a@example.com', name: 'A. N.' });
    expect(buildDirectory({ roster: [], users: [okta, entra] }).differences).toEqual([]);
  });

  it('compares dates by their day', () => {
    const { differences } = buildDirectory({
      roster: [{ email: 'a@example.com', hiredTime: Date.UTC(2025, 0, 1) }],
      users: [user('okta', { address: 'a@example.com', hiredTime: Date.UTC(2025, 0, 1, 9) })],
    });
    expect(differences).toEqual([]);
  });

  it('goes by the latest listing of an account', () => {
    const listings = [
      user('okta', { address: 'a@example.com', accountUid: '00u1', department: 'Sales' }, 2),
      user('okta', { address: 'a@example.com', accountUid: '00u1', department: 'Legal' }, 1),
    ];
    expect(buildDirectory({ roster: [], users: listings }).people[0]?.department).toBe('Sales');
  });
});

describe('saying whom an actor is', () => {
  const directory = buildDirectory({
    roster: [
      { email: 'ann@example.com', aliases: ['a.nolan@example.com'], name: 'Ann' },
      { email: 'bob@example.com' },
    ],
    users: [
      user('okta', { address: 'ann@example.com', accountUid: '00u1', aliases: ['anolan'] }),
      user('entra', { address: 'bob@example.com', accountUid: '3f-bob' }),
      user('entra', { address: 'bob@example.net' }),
    ],
    links: [['carl@example.org', 'carl@example.net']],
  });

  it('is the person of any of their addresses', () => {
    expect(who(directory, { address: 'a.nolan@example.com' }, 'google')).toBe('person ann@example.com');
    expect(who(directory, { address: 'anolan' }, 'okta')).toBe('person ann@example.com');
    expect(who(directory, { address: 'new', otherAddresses: ['bob@example.com'] }, 'okta')).toBe(
      'person bob@example.com',
    );
  });

  it('names the person as the directory does', () => {
    expect(directory.subjectOf({ type: 'user', address: 'anolan', name: 'A.' }, 'okta', NOBODY)?.name).toBe(
      'Ann',
    );
  });

  it('is the person of an address that nobody listed', () => {
    expect(who(directory, { address: 'Zoe@Example.com' }, 'okta')).toBe('person zoe@example.com');
    expect(who(directory, { address: 'jdoe', accountUid: '00u9' }, 'okta')).toBe('person jdoe');
  });

  it('is the person whose account id the same vendor listed', () => {
    expect(who(directory, { accountUid: '00u1' }, 'okta')).toBe('person ann@example.com');
    expect(who(directory, { accountUid: '00u1' }, 'google')).toBe('account google:00u1');
    expect(who(directory, { accountUid: '3f-bob' }, 'm365')).toBe('person bob@example.com');
  });

  it.each([
    ['a known address', 'A.Nolan@example.com', 'person ann@example.com'],
    ['a known login', 'anolan', 'person ann@example.com'],
    ['an address nobody listed', 'zoe@example.com', 'person zoe@example.com'],
    ['the local part of one person', 'ann', 'person ann@example.com'],
    ['the local part of two people', 'bob', `account ${ROLE}`],
    ['the local part of somebody only seen in records', 'carl', `account ${ROLE}`],
    ['a word', 'botocore-session-1', `account ${ROLE}`],
    ['__proto__', '__proto__', `account ${ROLE}`],
  ])('follows an AWS session named after %s', (_, sessionName, expected) => {
    expect(who(directory, { accountUid: ROLE, sessionName })).toBe(expected);
  });

  it('takes local parts from the organization alone when its domains are known', () => {
    const own = buildDirectory({
      roster: [{ email: 'bob@example.com' }],
      users: [user('entra', { address: 'bob@partner.example.net' })],
      links: [['carl@example.com']],
      domains: ['Example.com'],
    });
    expect(who(own, { accountUid: ROLE, sessionName: 'bob' })).toBe('person bob@example.com');
    expect(who(own, { accountUid: ROLE, sessionName: 'carl' })).toBe('person carl@example.com');
  });

  it('is an account for programs, root and IAM users', () => {
    const arn = 'arn:aws:iam::123456789012:user/ann';
    expect(who(directory, { accountUid: arn, name: 'ann' })).toBe(`account ${arn}`);
    expect(who(directory, { type: 'service', accountUid: '0oa1', address: 'ann@example.com' }, 'okta')).toBe(
      'account okta:0oa1',
    );
    expect(who(directory, { type: 'service', address: 'bot@example.com' }, 'google')).toBe(
      'account google:bot@example.com',
    );
  });

  it.each([{ address: 'ann@example.com' }, { accountUid: '00u1' }, { name: 'Deploy Bot' }])(
    'is an account when the policy names %j a service account',
    (actor) => {
      const services = new Set(['ann@example.com', '00u1', 'deploy bot']);
      expect(who(directory, { accountUid: 'x', ...actor }, 'okta', services)).toMatch(/^account okta:/);
    },
  );

  it('is nobody when the record names nobody', () => {
    expect(who(directory, {})).toBeUndefined();
    expect(who(directory, { address: ' ' })).toBeUndefined();
  });
});

describe('a directory of any input', () => {
  const address = fc.constantFrom(
    'a@example.com',
    'B@example.com',
    'b@example.com',
    'c',
    'd@example.org',
    '__proto__',
    'constructor',
    '',
  );
  const text = fc.constantFrom('x', 'y');
  const row = fc.record(
    { email: address, aliases: fc.array(address, { maxLength: 2 }), name: text },
    { requiredKeys: ['email'] },
  );
  const listing = fc
    .record({
      source: fc.constantFrom<SourceId>('okta', 'entra', 'google'),
      time: fc.constantFrom(1, 2),
      user: fc.record(
        { address, aliases: fc.array(address, { maxLength: 2 }), accountUid: text, name: text, city: text },
        { requiredKeys: ['address'] },
      ),
    })
    .map(({ source, time, user: fields }) => user(source, fields as DirectoryUser, time));
  const input = fc.record({
    roster: fc.array(row, { maxLength: 5 }),
    users: fc.array(listing, { maxLength: 6 }),
    links: fc.array(fc.array(address, { maxLength: 3 }), { maxLength: 3 }),
  });
  const shuffled = input.chain((given) => {
    const mixed = <T>(list: readonly T[]) => {
      const all = [...list, ...list];
      return fc.shuffledSubarray(all, { minLength: all.length });
    };
    const links = mixed(given.links).map((list) => list.map((link) => [...link].reverse()));
    return fc.tuple(
      fc.constant(given),
      fc.record({ roster: mixed(given.roster), users: mixed(given.users), links }),
    );
  });

  it('is the same for any order and any repetition', () => {
    const actors: Partial<Actor>[] = [
      { accountUid: 'x' },
      { accountUid: 'y' },
      { sessionName: 'b' },
      { address: 'c' },
    ];
    const seen = (directory: Directory) => ({
      people: directory.people,
      differences: directory.differences,
      subjects: actors.flatMap((actor) => [who(directory, actor, 'okta'), who(directory, actor, 'google')]),
    });
    fc.assert(
      fc.property(shuffled, ([given, mixed]) => {
        expect(seen(buildDirectory(mixed))).toEqual(seen(buildDirectory(given)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives every address to exactly one person', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { people, person } = buildDirectory(given);
        const all = people.flatMap(({ addresses }) => addresses);
        expect(new Set(all).size).toBe(all.length);
        for (const each of people) for (const own of each.addresses) expect(person(own)).toBe(each);
      }),
    );
  });

  it('joins 10,000 people', () => {
    const numbers = Array.from({ length: 10_000 }, (_, n) => n);
    const roster = numbers.map((n) => ({
      email: `p${n}@example.com`,
      aliases: [`n${n}@example.com`, `l${n}`],
      name: `P ${n}`,
    }));
    const users = numbers.map((n) =>
      user('okta', { address: `l${n}`, accountUid: `00u${n}`, name: `P ${n}` }),
    );
    const { people } = buildDirectory({ roster, users });
    expect(people).toHaveLength(10_000);
  });

  it('survives a chain of 100,000 links', () => {
    const links = Array.from({ length: 100_000 }, (_, n) => [`p${n}@example.com`, `p${n + 1}@example.com`]);
    expect(buildDirectory({ roster: [], users: [], links }).people).toHaveLength(1);
  });
});
