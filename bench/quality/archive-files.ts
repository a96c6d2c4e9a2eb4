/** Writes a world's records as a deployment keeps them: the archive's lines, in files by source, for `scan` to read. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceId } from '../../lib/core/events/index.ts';
import { recordLine } from '../../lib/sources/archived.ts';
import type { Arrival } from './delivery.ts';

const WRITE_CHARACTERS = 1 << 20;

/**
 * Writes the files.
 *
 * Records of inventory carry no time: that they were listed on a day, the line says.
 */
export function writeArchive(folder: string, arrivals: readonly Arrival[]): void {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, { readonly file: number; text: string }>();
  for (const { delivered } of arrivals) {
    const { source, deliveredAt, record } = delivered;
    let open = files.get(source);
    if (open === undefined) {
      open = { file: openSync(join(folder, `${source}.ndjson`), 'w'), text: '' };
      files.set(source, open);
    }
    const from = { connection: 'world', source: source as SourceId, feed: 'world', fetchedTime: deliveredAt };
    open.text += `${recordLine(from, { outcome: 'used' }, JSON.stringify(record))}\n`;
    if (open.text.length < WRITE_CHARACTERS) continue;
    writeSync(open.file, open.text);
    open.text = '';
  }
  for (const { file, text } of files.values()) {
    writeSync(file, text);
    closeSync(file);
  }
}
