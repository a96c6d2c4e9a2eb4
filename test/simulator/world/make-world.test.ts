import { createHash } from 'node:crypto';
import { DETECTIONS } from '../../../lib/core/detections/index.ts';
import { parseConfig } from '../../../lib/config/read-config.ts';
import { parsePeople } from '../../../lib/config/people-file.ts';
import { DAY_MS, HOUR_MS } from '../../../lib/core/time.ts';
import type { Attack } from '../../../lib/simulator/world/attack.ts';
import { nameAt } from '../../../lib/simulator/world/company/names.ts';
import { makeWorld } from '../../../lib/simulator/world/make-world.ts';
import { sessionStart } from '../../../lib/simulator/world/records/okta.ts';
import type { World, WorldOptions } from '../../../lib/simulator/world/world.ts';
import { readRecords, readWorld } from './reading.ts';

const START = Date.UTC(2026, 0, 5);
const OPTIONS: WorldOptions = { seed: 11, people: 50, days: 14, start: START };
const world = makeWorld(OPTIONS);

describe('a world', () => {
  it('follows from its seed to the last letter', () => {
    expect(digest(makeWorld(OPTIONS))).toBe(digest(world));
    expect(makeWorld({ ...OPTIONS, seed: 12 }).people).not.toBe(world.people);
  });

  it('gives the same record however often it is read', () => {
    const changing = world.records.filter((each, index) => {
      if (index % 10 > 0) return false;
      return JSON.stringify(each.record) !== JSON.stringify(each.record);
    });
    expect(changing).toEqual([]);
  });

  it('is understood to the last record: each is used, or of no use for a known reason', () => {
    const { sums } = readWorld(world);
    expect(sums.rejections).toEqual([]);
    expect(sums.list().map(([source]) => source)).toEqual([
      'okta',
      'entra',
      'intune',
      'm365',
      'google',
      'aws',
    ]);
    for (const [, { rejected, skipped, used }] of sums.list()) {
      expect({ rejected, unsupported: skipped.unsupported }).toEqual({ rejected: 0, unsupported: 0 });
      expect(used).toBeGreaterThan(100);
    }
  });

  it('has a people file and a configuration without a fault', () => {
    const { people, problems } = parsePeople(world.people);
    expect(problems).toEqual([]);
    expect(people).toHaveLength(50);
    expect(
      people.every(({ workPlace }) => workPlace?.city !== undefined && workPlace.country !== undefined),
    ).toBe(true);
    const config = parseConfig(world.config, { catalogue: DETECTIONS });
    expect(config.policy.egress.map(({ city }) => city)).toEqual(['Austin', 'London', 'Berlin']);
    expect(config.organization.domains).toEqual(['example.com']);
  });

  it('has a name for everybody in the largest company', () => {
    expect(new Set(Array.from({ length: 3_000 }, (_, index) => nameAt(index))).size).toBe(3_000);
  });

  it('lies in its window', () => {
    expect(world.end).toBe(START + 14 * DAY_MS);
    expect(world.records.every(({ at }) => START <= at && at < world.end)).toBe(true);
  });

  it('says whom each odd doing concerns', () => {
    const addresses = parsePeople(world.people).people.map(({ email }) => email);
    const people = [...world.causes.keys()].filter((subject) => subject.includes('@'));
    expect(people.filter((subject) => !addresses.includes(subject))).toEqual([]);
    expect(world.causes.get('ada.abbott@example.com')).toContain('sprayed-password');
  });

  it('has nobody at work before they were hired or after they left', () => {
    const large = makeWorld({ ...OPTIONS, seed: 3, people: 150, days: 42 });
    const { people } = parsePeople(large.people);
    const employed = new Map(
      people.map(({ email, hiredTime = 0, endsTime = Infinity }) => [email, { hiredTime, endsTime }]),
    );
    const files = large.records.filter(({ source }) => source === 'm365' || source === 'google');
    const outside = readRecords(files, large.end).events.filter((event) => {
      if (event.kind !== 'file-hosting-activity') return false;
      const { hiredTime, endsTime } = employed.get(event.actor?.address ?? '') ?? {
        hiredTime: Infinity,
        endsTime: 0,
      };
      return event.time < hiredTime || event.time > endsTime + DAY_MS / 2;
    });
    expect(outside).toEqual([]);
    const spans = [...employed.values()];
    expect(spans.some(({ endsTime }) => endsTime < large.end)).toBe(true);
    expect(spans.some(({ hiredTime }) => hiredTime > START)).toBe(true);
  });
});

describe('an attack on a world', () => {
  it('is labelled with its people and the time of its first record', () => {
    const attack = attackThat((stage) => {
      const ringer = stage.hire({ claimed: 'Denver', hired: stage.start + DAY_MS });
      const at = stage.at(stage.workday(5), 11, ringer);
      stage.emit('okta', at, sessionStart(ringer, at, stage.geography.home('Vladivostok'), stage.random));
      stage.label([ringer, '203.0.113.7']);
    });
    const { labels, people } = makeWorld({ ...OPTIONS, attacks: ['attack'] }, [attack]);
    const { email, hiredTime, workPlace } = parsePeople(people).people[50] ?? {};
    // The first working day from the sixth on is a Monday; eleven in Denver is six in the evening.
    const begin = START + 7 * DAY_MS + 18 * HOUR_MS;
    const rest = { attack: 'attack', expects: [], expectsComposite: false };
    expect(labels).toEqual([{ ...rest, subjects: [email, '203.0.113.7'], begin }]);
    expect({ hiredTime, city: workPlace?.city }).toEqual({ hiredTime: START + DAY_MS, city: 'Denver' });
  });

  it('changes nothing about what the honest do', () => {
    const attack = attackThat((stage) => {
      const ringer = stage.hire({ claimed: 'Chicago', city: 'Shenyang', works: false });
      const at = stage.at(3, 10, 'Shenyang');
      stage.emit('okta', at, sessionStart(ringer, at, stage.homeOf(ringer), stage.random));
      stage.label([ringer]);
    });
    const attacked = makeWorld({ ...OPTIONS, attacks: ['attack'] }, [attack]);
    const theirs = new Set(attacked.labels.flatMap(({ subjects }) => subjects));
    // Of the other vendors the same is to be said, in five times the records.
    const doings = ({ records }: World): readonly string[] =>
      records
        .filter(({ source }) => source === 'okta' || source === 'entra' || source === 'google')
        .map(({ source, at, record }) => `${source} ${at} ${whoIn(record)}`)
        .filter((doing) => ![...theirs].some((one) => doing.endsWith(one)))
        .sort();
    const once = (world: World): ReadonlySet<string> => new Set(doings(world));
    expect(once(attacked)).toEqual(once(world));
  });

  it('can keep somebody from everything but itself', () => {
    const attack = attackThat((stage) => {
      const idle = stage.hire({ works: false, onRoster: false });
      const taken = stage.take(false);
      const at = stage.at(4, 9, taken);
      stage.emit('okta', at, sessionStart(taken, at, stage.homeOf(taken), stage.random));
      stage.label([idle, taken]);
    });
    const attacked = makeWorld({ ...OPTIONS, attacks: ['attack'] }, [attack]);
    const [idle, taken] = attacked.labels[0]?.subjects ?? [];
    const logged = attacked.records.filter(({ source }) => source === 'okta' || source === 'entra');
    const signIns = readRecords(logged, attacked.end).events.filter(
      ({ kind, actor }) => kind === 'authentication' && (actor?.address === idle || actor?.address === taken),
    );
    expect(
      signIns.filter((event) => event.kind === 'authentication' && event.status === 'success'),
    ).toHaveLength(1);
    expect(parsePeople(attacked.people).people.map(({ email }) => email)).not.toContain(idle);
  });

  it('that there is not is an error, and so is one that reaches out of the window', () => {
    expect(() => makeWorld({ ...OPTIONS, attacks: ['nothing'] })).toThrow('there is no attack nothing');
    const late = attackThat((stage) => stage.emit('okta', stage.end, {}));
    expect(() => makeWorld({ ...OPTIONS, attacks: ['attack'] }, [late])).toThrow('reaches out of the window');
  });
});

function attackThat(play: Attack['play']): Attack {
  return { name: 'attack', title: 'An attack', story: '', expects: [], expectsComposite: false, play };
}

/** The person a record is about, of any vendor. */
function whoIn(record: object): string {
  return /[a-z]+\.[a-z]+@example\.com/.exec(JSON.stringify(record))?.[0] ?? '';
}

function digest({ records, ...rest }: World): string {
  const hash = createHash('sha256');
  for (const { source, at, deliveredAt, record } of records)
    hash.update(JSON.stringify([source, at, deliveredAt, record]));
  return hash.update(JSON.stringify({ ...rest, causes: [...rest.causes] })).digest('hex');
}
