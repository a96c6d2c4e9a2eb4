import type { Template } from 'aws-cdk-lib/assertions';
import { AUDITOR_QUERIES, INVESTIGATOR_QUERIES } from '../../lib/stacks/audit-queries.ts';
import { evidenceName, type AlertChange } from '../../lib/stores/evidence.ts';
import { propertiesOf, templatesOf } from '../support/stacks.ts';

let state: Template;
beforeAll(() => {
  ({ state } = templatesOf('retention: { recordDays: 30 }', { environment: 'staging' }));
}, 30_000);

interface TableInput {
  readonly Name: string;
  readonly PartitionKeys: readonly { readonly Name: string }[];
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly StorageDescriptor: { readonly Columns: readonly { readonly Name: string }[] };
}

const tables = (): readonly TableInput[] =>
  propertiesOf<{ TableInput: TableInput }>(state, 'AWS::Glue::Table').map(({ TableInput }) => TableInput);

it('has a table for evidence, records and events, in a database of the deployment', () => {
  expect(tables().map(({ Name }) => Name)).toEqual(['changes', 'records', 'events']);
  state.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'ringer_staging' } });
});

it('knows every folder of a table without being told of new ones', () => {
  for (const { PartitionKeys, Parameters } of tables()) {
    expect(Parameters['projection.enabled']).toBe('true');
    const names = PartitionKeys.map(({ Name }) => Name);
    for (const name of names) expect(Parameters[`projection.${name}.type`]).toBeDefined();
    const template = JSON.stringify(Parameters['storage.location.template']);
    expect([...template.matchAll(/(\w+)=\$\{(\w+)\}\//g)].map(([, folder]) => folder)).toEqual(names);
  }
});

it('looks for archived records as the collectors name them', () => {
  const records = tables().find(({ Name }) => Name === 'records');
  expect(JSON.stringify(records?.Parameters['storage.location.template'])).toContain(
    '/records/source=${source}/feed=${feed}/connection=${connection}/day=${day}/',
  );
});

it('looks for evidence as it is kept', () => {
  const newest = { time: '2026-11-02T10:00:00.000Z' } as AlertChange['newest'];
  const name = evidenceName({ alert: { id: 'a' } as AlertChange['alert'], newest, version: 7 });
  const changes = tables().find(({ Name }) => Name === 'changes');
  expect(JSON.stringify(changes?.Parameters['storage.location.template'])).toContain('/changes/day=${day}/');
  expect(name).toMatch(/^changes\/day=2026-11-02\//);
});

it('looks as far back as records are kept', () => {
  const records = tables().find(({ Name }) => Name === 'records');
  expect(records?.Parameters['projection.day.range']).toBe('NOW-31DAYS,NOW+1DAYS');
});

it('gives lines as they were written, whatever keys a vendor puts in them', () => {
  for (const { StorageDescriptor } of tables()) {
    expect(StorageDescriptor.Columns.map(({ Name }) => Name)).toEqual(['line']);
  }
});

describe('the workgroups', () => {
  it('keep results for nobody longer than Athena does, encrypted with the key', () => {
    for (const name of ['ringer-staging-auditors', 'ringer-staging-investigators']) {
      state.hasResourceProperties('AWS::Athena::WorkGroup', {
        Name: name,
        WorkGroupConfiguration: {
          EnforceWorkGroupConfiguration: true,
          ManagedQueryResultsConfiguration: {
            Enabled: true,
            EncryptionConfiguration: { KmsKey: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } },
          },
        },
      });
    }
  });

  it('keep questions about people’s records from auditors', () => {
    const asked = (group: string): readonly unknown[] =>
      propertiesOf(state, 'AWS::Athena::NamedQuery')
        .filter(({ WorkGroup }) => WorkGroup === group)
        .map(({ Name }) => Name);
    expect(asked('ringer-staging-auditors')).toEqual(AUDITOR_QUERIES.map(({ name }) => name));
    expect(asked('ringer-staging-investigators')).toEqual(INVESTIGATOR_QUERIES.map(({ name }) => name));
    for (const { sql } of AUDITOR_QUERIES) expect(sql).toMatch(/\nFROM changes /);
  });

  it('call no column by a word that Athena keeps for itself', () => {
    const reserved = /\bAS (?:end|first|from|last|order|skip|table|values|when)\b/i;
    for (const { sql } of [...AUDITOR_QUERIES, ...INVESTIGATOR_QUERIES]) expect(sql).not.toMatch(reserved);
  });

  it('name the connection in every question to the archive, which Athena asks for', () => {
    for (const { sql } of INVESTIGATOR_QUERIES) expect(sql).toContain('WHERE connection = ?');
  });
});
