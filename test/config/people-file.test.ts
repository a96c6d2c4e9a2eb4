import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parsePeople, readPeopleFile } from '../../lib/config/people-file.ts';

const unreadable = expect.objectContaining({ code: 'PEOPLE_UNREADABLE' }) as Error;

describe('the people file', () => {
  it('is read column by column', () => {
    const text = `email,name,aliases,department,employment,manager,hired,ends,workCountry,workRegion,workCity,timeZone,privileged
Ann@Example.com,Ann,ann A.N@example.org,Sales,Contractor,Bob@Example.com,2025-01-31,2026-12-31,usa,Texas,Austin,america/chicago,yes`;
    expect(parsePeople(text)).toEqual({
      people: [
        {
          email: 'ann@example.com',
          name: 'Ann',
          aliases: ['ann', 'a.n@example.org'],
          department: 'Sales',
          employment: 'contractor',
          manager: 'bob@example.com',
          hiredTime: Date.UTC(2025, 0, 31),
          endsTime: Date.UTC(2027, 0, 1) - 1,
          workPlace: { country: 'US', region: 'Texas', city: 'Austin' },
          timeZone: 'America/Chicago',
          privileged: true,
        },
      ],
      problems: [],
    });
  });

  it('needs nothing but e-mails', () => {
    expect(parsePeople('email\na@example.com\n').people).toEqual([{ email: 'a@example.com' }]);
  });

  it('may have its columns in any order, case and spacing, and a byte-order mark', () => {
    const text =
      '\uFEFFWork Country,E-MAIL,TIME_ZONE\r\nDeutschland,x@example.com,UTC\r\nGermany,a@example.com,UTC\r\n';
    expect(parsePeople(text).people[1]).toEqual({
      email: 'a@example.com',
      timeZone: 'UTC',
      workPlace: { country: 'DE' },
    });
  });

  it('counts lines where quoted cells run over several and others are blank', () => {
    const text = 'email,name\r\na@example.com,"Ann\r\nMary\r\nBell"\r\n\r\nnot an address,x\r\n';
    const { people, problems } = parsePeople(text);
    expect(people).toEqual([{ email: 'a@example.com', name: 'Ann Mary Bell' }]);
    expect(problems).toEqual([
      { line: 6, message: expect.stringContaining('email: expected an e-mail address') as string },
    ]);
  });

  it('names the nearest column to one it does not know', () => {
    expect(parsePeople('email,departmnt\n').problems).toEqual([
      { line: 1, message: 'column "departmnt" is unknown and not read; the nearest is "department"' },
    ]);
  });

  it('skips a row without an e-mail or with too many cells, and keeps the rest', () => {
    const { people, problems } = parsePeople('email,name\n,Ann\nb@example.com,Bell, Bo\nc@example.com,Cy\n');
    expect(people.map(({ email }) => email)).toEqual(['c@example.com']);
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  });

  it.each([
    ['hired', '31/12/2025'],
    ['ends', '2025-02-30'],
    ['workCountry', 'Atlantis'],
    ['workCountry', 'constructor'],
    ['timeZone', 'Mars/Base'],
    ['privileged', 'maybe'],
  ])('reports a %s of %s by line and keeps the person without it', (column, cell) => {
    const { people, problems } = parsePeople(`email,${column}\na@example.com,${cell}\n`);
    expect(people).toEqual([{ email: 'a@example.com' }]);
    expect(problems).toEqual([{ line: 2, message: expect.stringContaining(`got "${cell}"`) as string }]);
  });

  it('loses no other row to a quote that never closes', () => {
    const text =
      'name,email\n"open,a@example.com\nB,b@example.com\n"Smith, J",c@example.com\n"last,d@example.com';
    const { people, problems } = parsePeople(text);
    expect(people.map(({ email }) => email)).toEqual(['b@example.com', 'c@example.com']);
    expect(problems.map(({ line }) => line)).toEqual([2, 5]);
  });

  it('fills in from a second row of the same e-mail, and reports a contradiction', () => {
    const { people, problems } = parsePeople(
      'email,name,department,aliases\na@example.com,Ann,,x\nA@example.com,Anne,Sales,y\n',
    );
    expect(people).toEqual([
      { email: 'a@example.com', name: 'Ann', department: 'Sales', aliases: ['x', 'y'] },
    ]);
    expect(problems.map(({ line }) => line)).toEqual([3]);
  });

  it('takes `__proto__` as an e-mail, an alias and a column without harm', () => {
    const { people, problems } = parsePeople(
      'email,aliases,__proto__\n__proto__@example.com,__proto__ constructor,x\n',
    );
    expect(people).toEqual([{ email: '__proto__@example.com', aliases: ['__proto__', 'constructor'] }]);
    expect(problems).toHaveLength(1);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it.each(['', 'name\nAnn\n', '\0\0\0', 'mail,name\na@example.com,A\n'])(
    'is refused when it is %j',
    (text) => {
      expect(() => parsePeople(text)).toThrow(unreadable);
    },
  );

  it('is refused when it is missing', () => {
    expect(() => readPeopleFile('/nowhere/people.csv')).toThrow(unreadable);
  });

  it('is read from disk', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ringer-')), 'people.csv');
    writeFileSync(path, 'email\na@example.com\n');
    expect(readPeopleFile(path).people).toEqual([{ email: 'a@example.com' }]);
  });

  it('gives a person or a problem for every row, whatever is in it', () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '@', ' ', '\0', 'é') });
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const { people, problems } = parsePeople(`email,name\n${cells.join('\n')}`);
        const isBlank = cells.every((each) => /^[\s,"]*$/.test(each));
        expect(people.length + problems.length > 0 || isBlank).toBe(true);
      }),
    );
  });

  it('reads 10,000 people in under a second', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, n) => `p${n}@example.com,P ${n},US,Europe/Paris,2025-01-01`,
    );
    const started = performance.now();
    const { people } = parsePeople(`email,name,workCountry,timeZone,hired\n${rows.join('\n')}`);
    expect(people).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
