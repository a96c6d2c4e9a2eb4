/** The engine and people at one alert at once, their requests to the table in every order the scheduler thinks of. */
import fc from 'fast-check';
import { SEVERITIES, severityRank } from '../../lib/core/alerts/severity.ts';
import type { Action } from '../../lib/stores/alert-life.ts';
import { actOnAlert, findAlert, putAlert, withdrawAlert } from '../../lib/stores/alerts.ts';
import type { Table } from '../../lib/stores/table.ts';
import { alertStore, anAlert, historyOf } from './alert-store.ts';

const store = alertStore();
const NOW = Date.UTC(2026, 10, 2, 12);

const severity = fc.constantFrom(...SEVERITIES);
const operation = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), severity }),
  fc.record({ kind: fc.constant('withdraw' as const) }),
  fc.record({
    kind: fc.constant('act' as const),
    verb: fc.constantFrom<Action['verb'][]>('acknowledge', 'close', 'reopen', 'note'),
  }),
);

/** The same table, each of whose requests waits for what `when` makes of it. */
function slowed(table: Table, when: (send: (command: never) => Promise<unknown>) => unknown): Table {
  const send = when((command: never) => table.client.send(command));
  return { name: table.name, client: { send } as unknown as Table['client'] };
}

it('loses no change and no entry, and nobody’s word is overwritten', async () => {
  await fc.assert(
    fc.asyncProperty(
      severity,
      fc.array(operation, { minLength: 2, maxLength: 7 }),
      fc.scheduler(),
      async (first, operations, scheduler) => {
        const alert = anAlert({ severity: first, count: 1 });
        await putAlert(store.table(), alert, NOW);
        const table = slowed(store.table(), (send) => scheduler.scheduleFunction(send));
        // Each has a revision, a count and a name of its own, so that all can be told apart afterwards.
        const running = operations.map((each, index) => {
          const own = index + 2;
          if (each.kind === 'put')
            return putAlert(table, { ...alert, severity: each.severity, count: own }, NOW + own);
          if (each.kind === 'withdraw') return withdrawAlert(table, alert.id, NOW + own);
          const action = { verb: each.verb, who: `person-${own}`, why: undefined, time: NOW };
          return actOnAlert(table, alert.id, action);
        });
        const outcomes = await scheduler.waitFor(Promise.all(running));

        const stored = await findAlert(store.table(), alert.id);
        const history = await historyOf(store.table(), alert.id);
        expect(history.map(({ sequence }) => sequence)).toEqual(history.map((_, index) => index + 1));

        const did = operations.flatMap(({ kind }, index) => {
          const outcome = outcomes[index];
          return kind === 'act' && typeof outcome === 'object' && !('refused' in outcome)
            ? [`person-${index + 2}`]
            : [];
        });
        const people = history.filter(({ by }) => by === 'person').map(({ who }) => who);
        expect([...people].sort()).toEqual([...did].sort());

        const newest = operations.findLastIndex(({ kind }) => kind !== 'act');
        const said = operations[newest];
        if (said?.kind === 'put')
          expect(stored?.alert).toMatchObject({ severity: said.severity, count: newest + 2 });

        expect(history.at(-1)?.status).toBe(stored?.alert.status);
        const set = history.findLast(({ what }) => ['acknowledged', 'closed', 'reopened'].includes(what));
        if (set !== undefined && set.what !== 'reopened')
          expect(severityRank(stored?.alert.severity ?? 'critical')).toBeLessThanOrEqual(
            severityRank(set.severity),
          );
      },
    ),
    { numRuns: 60 },
  );
});

it('loses nothing when a writer dies between any two requests', async () => {
  for (const survives of [0, 1, 2]) {
    const alert = anAlert();
    await putAlert(store.table(), alert, NOW);
    await actOnAlert(store.table(), alert.id, { verb: 'acknowledge', who: 'ada', why: 'mine', time: NOW });
    let left = survives;
    const dying = slowed(store.table(), (send) => (command: never) => {
      if (left-- === 0) throw new Error('killed');
      return send(command);
    });
    const grown = { ...alert, count: 3 };
    await expect(putAlert(dying, grown, NOW + 1)).rejects.toThrow('killed');
    await putAlert(store.table(), grown, NOW + 2);
    expect((await historyOf(store.table(), alert.id)).map(({ what }) => what)).toEqual([
      'raised',
      'acknowledged',
      'grew',
    ]);
  }
});
