/** Files that functions find under `/opt`. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** Where a layer's files are. */
export const LAYER_DIRECTORY = '/opt';

/** Makes a layer of single files. */
export function fileLayer(
  scope: Construct,
  id: string,
  description: string,
  paths: Readonly<Record<string, string>>,
): LayerVersion {
  const directory = mkdtempSync(join(tmpdir(), 'ringer-layer-'));
  try {
    for (const [name, path] of Object.entries(paths)) copyFileSync(path, join(directory, name));
    // The files are taken over at once, so that the folder is not needed any longer.
    return new LayerVersion(scope, id, { description, code: Code.fromAsset(directory) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Makes a layer of those files of a folder that have an ending. */
export function folderLayer(
  scope: Construct,
  id: string,
  description: string,
  folder: string,
  ending: string,
): LayerVersion {
  return new LayerVersion(scope, id, {
    description,
    code: Code.fromAsset(folder, { exclude: ['*', `!*${ending}`] }),
  });
}
