/**
 * A table of lines of JSON. It has one column, the line as it was written: a vendor's record may hold keys that differ in
 * case alone, or anything else a column could not, and `json_extract` reads it all the same. Partitions are projected from
 * the names of the folders, so that nothing has to be registered.
 */
import { Aws, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { MANIFESTS } from '../sources/manifests.ts';

export interface LineTable {
  readonly bucket: Bucket;
  /** The first part of the objects' keys, and the table's name. */
  readonly prefix: string;
  /** Whether objects stand in folders of source, feed and connection, above those of days. */
  readonly isByFeed: boolean;
  /** The first day, absolute or as `daysAgo` writes it. */
  readonly from: string;
}

/** Writes when the oldest of what is kept came in; a day more, which lifecycle rules round up to. */
export function daysAgo(keptDays: number): string {
  return `NOW-${keptDays + 1}DAYS`;
}

export function lineTable(
  scope: Stack,
  id: string,
  database: string,
  { bucket, prefix, isByFeed, from }: LineTable,
): CfnTable {
  const root = `s3://${bucket.bucketName}/${prefix}/`;
  const folders = [...(isByFeed ? FEED_FOLDERS : []), dayFolder(from)];
  const projections = folders.flatMap(({ name, projection }) =>
    Object.entries(projection).map(([key, value]): [string, string] => [`projection.${name}.${key}`, value]),
  );
  return new CfnTable(scope, id, {
    catalogId: Aws.ACCOUNT_ID,
    databaseName: database,
    tableInput: {
      name: prefix,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: folders.map(({ name }) => ({ name, type: 'string' })),
      parameters: {
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        ...Object.fromEntries(projections),
        'storage.location.template': root + folders.map(({ name }) => `${name}=\${${name}}/`).join(''),
      },
      storageDescriptor: {
        location: root,
        columns: [{ name: 'line', type: 'string', comment: 'JSON' }],
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        // It splits at the character 1, which JSON always escapes.
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' },
      },
    },
  });
}

/** A part of an object's key, `name=value/`, and what is known of its values. */
interface Folder {
  readonly name: string;
  readonly projection: Readonly<Record<string, string>>;
}

const FEED_FOLDERS: readonly Folder[] = [
  {
    name: 'source',
    projection: enumeration(MANIFESTS.flatMap(({ sources }) => sources)),
  },
  {
    name: 'feed',
    projection: enumeration(MANIFESTS.flatMap(({ feeds }) => feeds.map(({ id }) => id))),
  },
  // A query has to name it: a list of the connections there are today would hide what others have left.
  { name: 'connection', projection: { type: 'injected' } },
];

function enumeration(values: readonly string[]): Folder['projection'] {
  return { type: 'enum', values: [...new Set(values)].sort().join(',') };
}

function dayFolder(from: string): Folder {
  return { name: 'day', projection: { type: 'date', format: 'yyyy-MM-dd', range: `${from},NOW+1DAYS` } };
}
