import type { Template } from 'aws-cdk-lib/assertions';
import { templatesOf } from '../support/stacks.ts';

/** Deployments hold data under these names: one that changes is a table, a bucket or a key that is replaced. */
const NEVER_REPLACED = {
  Alerts91F83244: 'AWS::DynamoDB::Table',
  Key961B73FD: 'AWS::KMS::Key',
  LedgerB7379752: 'AWS::DynamoDB::Table',
};

let state: Template;
beforeAll(() => {
  ({ state } = templatesOf(''));
}, 30_000);

describe('the alerts table', () => {
  const table = () => {
    const tables = Object.values(state.findResources('AWS::DynamoDB::Table'));
    const found = tables.map(({ Properties }) => Properties as Record<string, unknown>);
    return found.find(({ GlobalSecondaryIndexes }) => GlobalSecondaryIndexes !== undefined);
  };

  it('is asked by subject, day and severity, status and detection, always in the order of time', () => {
    const index = (name: string, attribute: string) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: attribute, KeyType: 'HASH' },
        { AttributeName: 'time', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
    expect(table()?.['GlobalSecondaryIndexes']).toEqual([
      index('by-subject', 'subject'),
      index('by-day', 'daySeverity'),
      index('by-status', 'shown'),
      index('by-detection', 'detection'),
    ]);
  });

  it('is keyed as it always was', () => {
    expect(table()?.['KeySchema']).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
  });
});

it('keeps the logical id of everything that holds data', () => {
  const { Resources } = state.toJSON() as {
    Resources: Record<string, { Type: string; DeletionPolicy?: string }>;
  };
  const kept = Object.entries(Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
  expect(Object.fromEntries(kept.map(([id, { Type }]) => [id, Type]))).toEqual(NEVER_REPLACED);
});
