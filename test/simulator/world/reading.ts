/** Reads a world with the project's own intake. */
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { Intake } from '../../../lib/scan/intake.ts';
import type { Sums } from '../../../lib/scan/sums.ts';
import type { Delivered, World } from '../../../lib/simulator/world/world.ts';

export function readWorld(world: World): { readonly sums: Sums; readonly events: readonly SourceEvent[] } {
  return readRecords(world.records, world.end);
}

export function readRecords(
  records: readonly Delivered[],
  end: number,
): { readonly sums: Sums; readonly events: readonly SourceEvent[] } {
  const events: SourceEvent[] = [];
  const intake = new Intake(end, (event) => events.push(event));
  for (const { source, record } of records) {
    const bytes = Buffer.from(JSON.stringify(record));
    intake.buffer(bytes);
    intake.json(bytes, 0, bytes.length, { file: source, line: 1, record: 1, byte: 0 });
  }
  return { sums: intake.sums, events };
}
