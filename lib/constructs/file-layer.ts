/** Files that functions find under `/opt`. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** Where a layer's files are. */
export const LAYER_DIRECTORY = '/opt';

/**
 * Makes a layer of files and folders.
 *
 * @param contents - paths of files and folders, or texts, by the name each has under `/opt`
 */
export function fileLayer(
  scope: Construct,
  id: string,
  description: string,
  contents: Readonly<Record<string, string | { readonly text: string }>>,
): LayerVersion {
  const directory = mkdtempSync(join(tmpdir(), 'ringer-layer-'));
  try {
    for (const [name, content] of Object.entries(contents)) {
      const target = join(directory, name);
      mkdirSync(dirname(target), { recursive: true });
      if (typeof content === 'string') cpSync(content, target, { recursive: true });
      else writeFileSync(target, content.text);
    }
    // The files are taken over at once, so that the folder is not needed any longer.
    return new LayerVersion(scope, id, { description, code: Code.fromAsset(directory) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Makes a layer of those files of an installed package that have an ending. They stand in `/opt` itself.
 *
 * The package's version tells one from the next: reading all of a large one at every synth would tell no more.
 */
export function packageLayer(
  scope: Construct,
  id: string,
  description: string,
  folder: string,
  ending: string,
): LayerVersion {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const code = Code.fromAsset(folder, {
    exclude: ['*', `!*${ending}`],
    assetHash: `${name}@${version} ${ending}`,
  });
  return new LayerVersion(scope, id, { description, code });
}
