/**
 * The whole system, as it is synthesised and deployed on the twin, reads an invented company at four vendors: what it ends
 * at is what `ringer scan` finds in its archive, and no function did what its role does not let it do.
 */
import { demoCompany } from '../../lib/simulator/company/demo-company.ts';
import { functionOfCaller } from '../../lib/simulator/twin/index.ts';
import { comparable, lastDays, runCompany, type CompanyRun } from './company-run.ts';
import { NEVER_SEEN } from './never-seen.ts';

const END = Date.UTC(2026, 10, 20, 12);

let run: CompanyRun;
beforeAll(async () => {
  run = await runCompany({ company: lastDays(demoCompany(END, 7), 5) });
}, 600_000);
afterAll(() => run.stop());

it('ends at the alerts that a scan of its archive finds', () => {
  expect(run.scanned.map(({ detection }) => detection)).toEqual(
    expect.arrayContaining(['impossible-travel', 'bulk-download', 'unapproved-remote-tool', 'mouse-jiggler']),
  );
  // Two people took too much, from two vendors, one of which is read through a queue of files.
  expect(run.scanned.filter(({ detection }) => detection === 'bulk-download')).toHaveLength(2);
  expect(comparable(run.alerts)).toEqual(comparable(run.scanned));
});

it('answers every invocation', () => {
  expect(run.twin.invocations.filter(({ outcome }) => !outcome.ok)).toEqual([]);
});

it('tells each channel of each alert that it wants, once', async () => {
  const told = (await run.twin.notifications()).flatMap(({ channel, subject, text }) => {
    const [line] = [subject, text].flatMap((each) => /\(([0-9a-f]{8})\)/.exec(each ?? '')?.[1] ?? []);
    return line === undefined ? [] : [`${channel} ${line}`];
  });
  expect(told.length).toBeGreaterThan(4);
  expect(new Set(told).size).toBe(told.length);
});

describe('the roles', () => {
  const isFunction = (name: string): boolean => run.twin.plan.functions.has(name);

  it('allow every call that was made', async () => {
    const refused = (await run.twin.aws.calls()).flatMap(({ caller, action, resources }) => {
      const name = functionOfCaller(caller);
      if (!isFunction(name)) return [];
      return resources
        .filter((resource) => !run.twin.decide(name, action, resource).allowed)
        .map((resource) => `${name}: ${action} on ${resource}`);
    });
    expect([...new Set(refused)]).toEqual([]);
  });

  it('allow nothing that no function ever does, unless somebody has said why', async () => {
    const used = new Set<string>();
    for (const { caller, action, resources } of await run.twin.aws.calls()) {
      const name = functionOfCaller(caller);
      if (!isFunction(name)) continue;
      for (const resource of resources) {
        const { statement } = run.twin.decide(name, action, resource);
        const matched = statement?.actions.find((each) => isLike(each, action));
        if (matched !== undefined) used.add(`${moduleOf(name)} ${matched}`);
      }
    }
    const unused = new Set<string>();
    for (const { name, roleName } of run.twin.plan.functions.values()) {
      for (const { effect, actions } of run.twin.plan.statements.get(roleName) ?? []) {
        if (effect !== 'Allow') continue;
        for (const action of actions) {
          const right = `${moduleOf(name)} ${action}`;
          if (!used.has(right) && !NEVER_SEEN.some(({ of }) => of.test(right))) unused.add(right);
        }
      }
    }
    expect([...unused].sort()).toEqual([]);
  });

  function moduleOf(name: string): string {
    return /([a-z-]+)\.ts$/.exec(run.twin.plan.functions.get(name)?.path ?? '')?.[1] ?? name;
  }
});

function isLike(pattern: string, action: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'i').test(action);
}
