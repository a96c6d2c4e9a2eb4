/** Adds up what a part of a run took: units, requests, time, and the events that it was for. */
import { basename } from 'node:path';
import { DETECTIONS } from '../lib/core/detections/index.ts';
import { isWatched, rulesFor, subjectOf } from '../lib/core/engine.ts';
import { buildDirectory } from '../lib/core/people/directory.ts';
import { subjectKey } from '../lib/core/people/subject.ts';
import { parsePeople } from '../lib/config/people-file.ts';
import { unpackEvents } from '../lib/pipeline/event-message.ts';
import type { Invocation, Listeners, LogLine, Twin } from '../lib/simulator/twin/index.ts';
import { MEASURED, type Measured, type Units } from './measured.ts';

/** What one function did. */
export interface FunctionTally {
  runs: number;
  cpuMs: number;
  reads: number;
  writes: number;
  /** By IAM's name of the action: `s3:PutObject`. */
  readonly requests: Map<string, number>;
}

const NOBODY: ReadonlySet<string> = new Set();

export class Tally {
  readonly functions = new Map<string, FunctionTally>();
  /** By function and kind of item: `detect subject event`. */
  readonly kinds = new Map<string, Units>();
  /** Of vendors, that some detection watches. */
  watched = 0;
  /** That subjects told each other. */
  told = 0;
  /** Messages that detect got. */
  messages = 0;
  /** Subjects of messages: how often a subject was evaluated for its events. */
  evaluations = 0;
  /** How often it would have been, were the messages of one invocation taken together. */
  evaluationsTogether = 0;

  readonly #twin: Twin;
  readonly #modules: ReadonlyMap<string, string>;
  readonly #rules = rulesFor(DETECTIONS, {}, { roster: true, places: true, inventory: true });
  readonly #directory;

  /** @param people - the company's people file */
  constructor(twin: Twin, people: string) {
    this.#twin = twin;
    this.#modules = new Map(
      [...twin.plan.functions.values()].map(({ name, path }) => [name, basename(path, '.ts')]),
    );
    this.#directory = buildDirectory({ roster: parsePeople(people).people, users: [] });
  }

  /** Hears of everything while the part lasts. */
  readonly listeners: Listeners = {
    onLog: (line) => this.#measured(line),
    onInvocation: (invocation) => this.#invoked(invocation),
  };

  /**
   * Counts requests to AWS.
   *
   * @param after - how many there were before
   * @returns how many there are now
   */
  async countCalls(after: number): Promise<number> {
    const calls = await this.#twin.aws.calls(after);
    for (const { caller, action } of calls) {
      const module = this.#modules.get(caller);
      if (module === undefined) continue;
      const { requests } = this.#of(module);
      requests.set(action, (requests.get(action) ?? 0) + 1);
    }
    return after + calls.length;
  }

  #measured({ functionName, entry }: LogLine): void {
    const took = entry?.[MEASURED] as Measured | undefined;
    if (took === undefined) return;
    const module = this.#modules.get(functionName) ?? functionName;
    const sum = this.#of(module);
    sum.runs++;
    sum.cpuMs += took.cpuMs;
    for (const [kind, { reads, writes }] of Object.entries(took.units)) {
      sum.reads += reads;
      sum.writes += writes;
      const key = `${module} ${kind}`;
      const before = this.kinds.get(key) ?? { reads: 0, writes: 0 };
      this.kinds.set(key, { reads: before.reads + reads, writes: before.writes + writes });
    }
  }

  #invoked({ functionName, event }: Invocation): void {
    if (this.#modules.get(functionName) !== 'detect') return;
    const together = new Set<string>();
    for (const { body } of (event as { readonly Records: readonly { readonly body: string }[] }).Records) {
      const subjects = new Set<string>();
      this.messages++;
      for (const each of unpackEvents(body).events) {
        if (each.kind === 'tick' || !isWatched(this.#rules, each)) continue;
        if (each.source === 'ringer') this.told++;
        else this.watched++;
        const subject = subjectOf(each, this.#directory, NOBODY);
        if (subject !== undefined) subjects.add(subjectKey(subject));
      }
      this.evaluations += subjects.size;
      for (const subject of subjects) together.add(subject);
    }
    this.evaluationsTogether += together.size;
  }

  #of(module: string): FunctionTally {
    const sum = this.functions.get(module) ?? {
      ...{ runs: 0, cpuMs: 0, reads: 0, writes: 0 },
      requests: new Map<string, number>(),
    };
    this.functions.set(module, sum);
    return sum;
  }
}
