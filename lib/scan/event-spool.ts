/**
 * Keeps the events of a scan until all files are read and it is known who is who: as JSON in large buffers, by whom they
 * name, and beyond a limit in a temporary file. Memory grows with people, not with logs, and events that wait cost the
 * garbage collector nothing.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Group, Groups } from '../core/company.ts';
import { concernedKey } from '../core/engine.ts';
import type { SourceEvent } from '../core/events/index.ts';
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';

const CHUNK_BYTES = 4 << 20;
/** 96 MB of events, some 200,000; more go to disk. */
const CHUNKS_IN_MEMORY = 24;

/** Where an event's JSON lies: chunk and offset in one number, then its length. */
type Entries = number[];

export class EventSpool {
  readonly #chunksInMemory: number;
  readonly #byWhom = new Map<string, Entries>();
  readonly #chunks: (Buffer | undefined)[] = [];
  #used = CHUNK_BYTES;
  #file: number | undefined;
  #folder: string | undefined;

  constructor(chunksInMemory: number = CHUNKS_IN_MEMORY) {
    this.#chunksInMemory = chunksInMemory;
  }

  add(event: SourceEvent): void {
    const key = concernedKey(event);
    let entries = this.#byWhom.get(key);
    if (entries === undefined) this.#byWhom.set(key, (entries = []));
    const json = JSON.stringify(event);
    // UTF-8 takes at most three bytes a UTF-16 unit.
    if (this.#used + json.length * 3 > CHUNK_BYTES) this.#newChunk(json.length * 3);
    const length = this.#chunks.at(-1)?.write(json, this.#used) ?? 0;
    entries.push((this.#chunks.length - 1) * CHUNK_BYTES + this.#used, length);
    this.#used += length;
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
    const subjects = new Map<string, { subject: SubjectRef; entries: Entries[] }>();
    for (const entries of this.#byWhom.values()) {
      const first = this.#read(entries, 0);
      const subject = first === undefined ? undefined : route(first);
      if (subject === undefined) continue;
      const key = subjectKey(subject);
      const known = subjects.get(key);
      if (known === undefined) subjects.set(key, { subject, entries: [entries] });
      else {
        known.entries.push(entries);
        // Records name one account in several ways; the first in alphabetical order does not depend on theirs.
        if (subject.name !== undefined && subject.name < (known.subject.name ?? '\uffff'))
          known.subject = subject;
      }
    }
    const groupOf = ({ subject, entries }: { subject: SubjectRef; entries: Entries[] }): Group => {
      const events: SourceEvent[] = [];
      for (const each of entries) {
        for (let index = 0; index < each.length; index += 2) {
          const event = this.#read(each, index);
          if (event !== undefined) events.push(finish(event));
        }
      }
      return { subject, events };
    };
    return {
      *each(keys) {
        for (const [key, each] of subjects) if (keys === undefined || keys.has(key)) yield groupOf(each);
      },
    };
  }

  /** Removes the temporary file. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  #read(entries: Entries, index: number): SourceEvent | undefined {
    const [at, length] = [entries[index], entries[index + 1]];
    if (at === undefined || length === undefined) return undefined;
    const chunk = this.#chunks[Math.floor(at / CHUNK_BYTES)];
    const offset = at % CHUNK_BYTES;
    if (chunk !== undefined)
      return JSON.parse(chunk.toString('utf8', offset, offset + length)) as SourceEvent;
    const bytes = Buffer.allocUnsafe(length);
    if (this.#file !== undefined) readSync(this.#file, bytes, 0, length, at);
    return JSON.parse(bytes.toString('utf8')) as SourceEvent;
  }

  #newChunk(needed: number): void {
    if (needed > CHUNK_BYTES)
      throw new RangeError(`an event of ${needed} bytes is larger than any normaliser makes`);
    const full = this.#chunks.length - 1;
    let chunk: Buffer | undefined;
    if (full >= this.#chunksInMemory) {
      chunk = this.#chunks[full];
      if (chunk !== undefined) writeSync(this.#openFile(), chunk, 0, CHUNK_BYTES, full * CHUNK_BYTES);
      this.#chunks[full] = undefined;
    }
    this.#chunks.push(chunk ?? Buffer.allocUnsafeSlow(CHUNK_BYTES));
    this.#used = 0;
  }

  #openFile(): number {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'ringer-scan-'));
    return (this.#file ??= openSync(join(this.#folder, 'events'), 'w+', 0o600));
  }
}
