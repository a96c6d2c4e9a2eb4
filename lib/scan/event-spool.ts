/**
 * Keeps the events of a scan until all files are read and it is known who is who: in memory while they are few, in
 * temporary files beyond, so that memory does not grow with the logs.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Group, Groups } from '../core/company.ts';
import type { SourceEvent } from '../core/events/index.ts';
import { hash32 } from '../core/hash.ts';
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';

/** About 100 MB of events; more go to disk. */
const IN_MEMORY_LIMIT = 150_000;
/** About 25 MB of events a partition. */
const PARTITION_EVENTS = 40_000;
const WRITE_BYTES = 1 << 20;

export class EventSpool {
  readonly #limit: number;
  #events: SourceEvent[] = [];
  #spilled: SpillFile | undefined;
  #directory: string | undefined;
  #count = 0;

  constructor(inMemoryLimit: number = IN_MEMORY_LIMIT) {
    this.#limit = inMemoryLimit;
  }

  add(event: SourceEvent): void {
    this.#events.push(event);
    this.#count += 1;
    if (this.#events.length >= this.#limit) this.#spill();
  }

  /**
   * Groups everything by subject.
   *
   * @param route - whom an event concerns; events that concern nobody are left out
   * @param finish - the last touch to an event, when everything is known
   */
  groups(
    route: (event: SourceEvent) => SubjectRef | undefined,
    finish: (event: SourceEvent) => SourceEvent,
  ): Groups {
    if (this.#spilled === undefined) {
      const groups = [...grouped(this.#events.map(finish), route).values()];
      this.#events = [];
      return {
        each: (keys) =>
          keys === undefined ? groups : groups.filter((group) => keys.has(subjectKey(group.subject))),
      };
    }
    this.#spill();
    const partitions = this.#partition(route);
    return {
      *each(keys) {
        const wanted =
          keys === undefined
            ? undefined
            : new Set([...keys].map((key) => partitionOf(key, partitions.length)));
        for (const [index, partition] of partitions.entries()) {
          if (wanted?.has(index) === false) continue;
          const groups = grouped([...partition.events()].map(finish), route);
          for (const [key, group] of groups) if (keys === undefined || keys.has(key)) yield group;
        }
      },
    };
  }

  /** Removes the temporary files. */
  close(): void {
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }

  #spill(): void {
    this.#spilled ??= this.#newFile('events');
    for (const event of this.#events) this.#spilled.write(event);
    this.#events = [];
  }

  #partition(route: (event: SourceEvent) => SubjectRef | undefined): readonly SpillFile[] {
    const count = Math.max(1, Math.ceil(this.#count / PARTITION_EVENTS));
    const partitions = Array.from({ length: count }, (_, index) => this.#newFile(`partition-${index}`));
    for (const event of this.#spilled?.events() ?? []) {
      const subject = route(event);
      if (subject !== undefined) partitions[partitionOf(subjectKey(subject), count)]?.write(event);
    }
    return partitions;
  }

  #newFile(name: string): SpillFile {
    this.#directory ??= mkdtempSync(join(tmpdir(), 'ringer-scan-'));
    return new SpillFile(join(this.#directory, `${name}.ndjson`));
  }
}

/** Events as lines of a file; written first, then read any number of times. */
class SpillFile {
  readonly #path: string;
  #pending: string[] = [];
  #pendingLength = 0;

  constructor(path: string) {
    this.#path = path;
  }

  write(event: SourceEvent): void {
    const line = JSON.stringify(event);
    this.#pending.push(line);
    this.#pendingLength += line.length;
    if (this.#pendingLength >= WRITE_BYTES) this.#flush();
  }

  *events(): Generator<SourceEvent> {
    this.#flush();
    const file = openSync(this.#path, 'a+');
    try {
      const chunk = Buffer.allocUnsafe(WRITE_BYTES);
      let rest: Buffer = Buffer.alloc(0);
      for (let at = 0; ;) {
        const length = readSync(file, chunk, 0, chunk.length, at);
        if (length === 0) break;
        at += length;
        const bytes = Buffer.concat([rest, chunk.subarray(0, length)]);
        const end = bytes.lastIndexOf(10) + 1;
        rest = bytes.subarray(end);
        for (const line of bytes.toString('utf8', 0, end).split('\n')) {
          if (line !== '') yield JSON.parse(line) as SourceEvent;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  #flush(): void {
    const file = openSync(this.#path, 'a', 0o600);
    try {
      if (this.#pending.length > 0) writeSync(file, `${this.#pending.join('\n')}\n`);
    } finally {
      closeSync(file);
    }
    this.#pending = [];
    this.#pendingLength = 0;
  }
}

function grouped(
  events: Iterable<SourceEvent>,
  route: (event: SourceEvent) => SubjectRef | undefined,
): Map<string, Group & { readonly events: SourceEvent[] }> {
  const groups = new Map<string, Group & { readonly events: SourceEvent[] }>();
  for (const event of events) {
    const subject = route(event);
    if (subject === undefined) continue;
    const key = subjectKey(subject);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { subject, events: [event] });
      continue;
    }
    group.events.push(event);
    // Records name one account in several ways; the first in alphabetical order does not depend on theirs.
    if (subject.name !== undefined && subject.name < (group.subject.name ?? '\uffff')) groups.set(key, { ...group, subject });
  }
  return groups;
}

function partitionOf(key: string, count: number): number {
  return hash32(key) % count;
}
