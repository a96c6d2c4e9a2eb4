import type { Template } from 'aws-cdk-lib/assertions';
import { DEPLOYED } from '../docs/cost/deployed.ts';
import { limits } from '../docs/cost/limits.ts';
import { monthlyBill, totalOf } from '../docs/cost/model.ts';
import { FEEDS } from '../docs/cost/volumes.ts';
import { readConfig } from '../lib/config/read-config.ts';
import { propertiesOf, resourcesOf, templatesOf, type Templates } from './support/stacks.ts';

const YAML = `
sources:
  - { name: okta, type: okta, orgUrl: https://example.okta.com, every: 5 minutes }
  - { name: microsoft, type: microsoft, every: 5 minutes }
  - { name: google, type: google, every: 5 minutes }
  - { name: aws, type: aws, trailBucket: example-trail, every: 5 minutes }
alerts:
  channels:
    - { type: email, to: security@example.com }
    - { type: slack, workspaceId: T0EXAMPLE, channelId: C0EXAMPLE }
`;

describe('the bill', () => {
  it('costs nobody less when there are more people', () => {
    const totals = [0, 1, 100, 1_000, 10_000, 100_000, 1_000_000].map((people) =>
      totalOf(monthlyBill(people), 'usd'),
    );
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
  });

  it('takes no more off than an item costs', () => {
    for (const { usd, usdAfterFree } of monthlyBill(1_000)) {
      expect(usdAfterFree).toBeGreaterThanOrEqual(0);
      expect(usdAfterFree).toBeLessThanOrEqual(usd);
    }
  });

  it('is above nothing for a company without people: asking costs, too', () => {
    const nobody = monthlyBill(0);
    expect(nobody.find(({ price }) => price === 'schedules')?.usd).toBeGreaterThan(0);
    expect(nobody.find(({ price }) => price === 'readUnits')?.usd).toBeLessThan(0.1);
  });
});

describe('the limits', () => {
  it('come in the order in which they are met', () => {
    const people = limits().map((limit) => limit.people);
    expect(people).toEqual([...people].sort((a, b) => a - b));
    expect(people.every((each) => Number.isFinite(each) && each > 0)).toBe(true);
  });
});

describe('what is reckoned with', () => {
  let templates: Templates;
  beforeAll(() => {
    templates = templatesOf(YAML);
  }, 30_000);

  const count = (template: Template, type: string): number => resourcesOf(template, type).size;

  it('is what the templates have', () => {
    const { state, pipeline, operations } = templates;
    expect({
      functions: count(pipeline, 'AWS::Lambda::Function'),
      secrets: count(pipeline, 'AWS::SecretsManager::Secret'),
      schedules: count(pipeline, 'AWS::Scheduler::Schedule'),
      keys: count(state, 'AWS::KMS::Key'),
      dashboards: count(operations, 'AWS::CloudWatch::Dashboard'),
    }).toEqual({
      functions: DEPLOYED.functions,
      secrets: DEPLOYED.secrets,
      schedules: DEPLOYED.schedules,
      keys: 1,
      dashboards: 1,
    });
    expect(FEEDS).toHaveLength(DEPLOYED.schedules);
  });

  it('counts the metrics of alarms as they are billed', () => {
    const alarms = propertiesOf<{ readonly Metrics?: readonly { readonly MetricStat?: object }[] }>(
      templates.operations,
      'AWS::CloudWatch::Alarm',
    );
    const metrics = alarms.map(
      ({ Metrics }) => Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1,
    );
    expect(metrics.reduce((sum, each) => sum + each, 0)).toBe(DEPLOYED.alarmMetrics);
  });

  it('has the memory and the time of each function', () => {
    const functions = [...resourcesOf(templates.pipeline, 'AWS::Lambda::Function')].map(
      ([id, { Properties }]) => ({ id, ...(Properties as { MemorySize: number; Timeout: number }) }),
    );
    const { collect, detect, sweep, others } = DEPLOYED.memoryMb;
    for (const { id, MemorySize } of functions) {
      const expected = { Colle: collect, Detec: detect, Sweep: sweep }[id.slice(0, 5)] ?? others;
      expect([id, MemorySize]).toEqual([id, expected]);
    }
    const timeout = (start: string) => functions.find(({ id }) => id.startsWith(start))?.Timeout;
    expect(timeout('Detect')).toBe(DEPLOYED.detectSeconds);
    expect(timeout('Sweep')).toBe(DEPLOYED.sweepSeconds);
  });

  it('knows how many of detect run at once, and how often feeds are watched over', () => {
    const mappings = propertiesOf<{ readonly ScalingConfig?: { readonly MaximumConcurrency: number } }>(
      templates.pipeline,
      'AWS::Lambda::EventSourceMapping',
    );
    expect(mappings.flatMap(({ ScalingConfig }) => ScalingConfig?.MaximumConcurrency ?? [])).toEqual([
      DEPLOYED.detectAtOnce,
    ]);
    const rules = propertiesOf<{ readonly Description?: string; readonly ScheduleExpression?: string }>(
      templates.pipeline,
      'AWS::Events::Rule',
    );
    const watch = rules.find(({ Description }) => Description?.startsWith('Looks after feeds'));
    expect(watch?.ScheduleExpression).toBe(`rate(${DEPLOYED.watchEveryMinutes} minutes)`);
  });

  it('has the retention of a ringer.yaml that says nothing of it', () => {
    const { recordDays, eventDays } = readConfig(undefined).retention;
    expect({ recordDays, eventDays }).toEqual({
      recordDays: DEPLOYED.recordDays,
      eventDays: DEPLOYED.eventDays,
    });
  });
});
