/** Scans files written for a test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DETECTIONS } from '../../lib/core/detections/index.ts';
import { parseConfig } from '../../lib/config/read-config.ts';
import { createAtlas } from '../../lib/geo/atlas.ts';
import { scan, type ScanInput, type ScanResult } from '../../lib/scan/scan.ts';

export const CLOCK = Date.UTC(2026, 2, 20);

/** A folder that is taken away after the test. */
export function scratch(): { readonly path: string; write(name: string, content: string | Buffer): string } {
  const path = mkdtempSync(join(tmpdir(), 'ringer-test-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
}

/** Scans with the places that records themselves give. */
export function scanPaths(paths: readonly string[], more: Partial<ScanInput> = {}): Promise<ScanResult> {
  return scan({
    paths,
    config: parseConfig(''),
    detections: DETECTIONS,
    roster: [],
    atlas: createAtlas({}),
    clock: CLOCK,
    ...more,
  });
}
