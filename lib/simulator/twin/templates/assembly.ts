/** A cloud assembly, the folder that `cdk synth` makes: its stacks' templates and the files that belong to them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf, RingerError } from '../../../core/errors.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** Folders and files by the key under which they would be uploaded. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly properties: {
          readonly templateFile?: string;
          readonly stackName?: string;
          readonly file?: string;
        };
        readonly dependencies?: readonly string[];
      }
    >
  >;
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/**
 * Reads the stacks of an assembly.
 *
 * @throws PATH_UNREADABLE when the folder is no assembly
 */
export function readAssembly(directory: string): readonly Stack[] {
  const { artifacts } = readJson(join(directory, 'manifest.json')) as Manifest;
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties, dependencies = [] }]) => {
      const manifests = dependencies.filter((each) => artifacts[each]?.type === 'cdk:asset-manifest');
      return {
        name: properties.stackName ?? id,
        template: readJson(join(directory, properties.templateFile ?? '')) as Template,
        assets: new Map(
          manifests.flatMap((each) => [
            ...assetsOf(directory, join(directory, artifacts[each]?.properties.file ?? '')),
          ]),
        ),
      };
    });
}

function* assetsOf(directory: string, path: string): Generator<[string, string]> {
  const { files } = readJson(path) as AssetManifest;
  for (const { source, destinations } of Object.values(files)) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations))
      yield [objectKey, resolve(directory, source.path)];
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new RingerError('PATH_UNREADABLE', `${path}: ${messageOf(cause)}`, { cause });
  }
}
