/** The functions as they are deployed: each one file, by the deployment's own settings. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING } from '../lib/config/bundling.ts';

export interface Bundle {
  /** File in `functions/` without its ending. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Of them, those that are not the AWS SDK's. */
  readonly ownBytes: number;
}

const SDK = /node_modules\/(?:@aws-sdk|@smithy|@aws)\//;

/** Bundles every function into a folder. */
export async function bundleFunctions(folder: string): Promise<readonly Bundle[]> {
  const { metafile } = await build({
    ...BUNDLING,
    entryPoints: globSync('functions/*.ts').sort(),
    bundle: true,
    platform: 'node',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    metafile: true,
    logLevel: 'warning',
  });
  return Object.entries(metafile.outputs).map(([path, { bytes, inputs }]) => {
    const ofSdk = Object.entries(inputs).filter(([input]) => SDK.test(input));
    const sdkBytes = ofSdk.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    const name = basename(path, '.cjs');
    return { name, path: join(folder, `${name}.cjs`), bytes, ownBytes: bytes - sdkBytes };
  });
}
