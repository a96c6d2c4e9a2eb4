/** EventBridge, as far as events are put on a bus: they are kept, and whoever runs the twin carries them on. */
import { failureAnswer, jsonAnswer, type Answer } from './answer.ts';
import { arnOf } from './place.ts';
import { jsonBody, jsonOperation, type AwsRequest } from './request.ts';
import type { Asked } from './service.ts';

export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON, as it was given. */
  readonly detail: string;
  readonly resources: readonly string[];
  readonly caller: string;
  /** Milliseconds since 1970 by the twin's clock. */
  readonly time: number;
}

interface Entry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
}

const MOST_ENTRIES = 10;
/** All entries of a request together. */
const LARGEST_BYTES = 262_144;

export class EventBus {
  readonly events: BusEvent[] = [];

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const operation = jsonOperation(request);
    const { Entries: entries = [] } = jsonBody<{ readonly Entries?: readonly Entry[] }>(request);
    const buses = new Set(entries.map(busOf));
    return {
      action: `events:${operation}`,
      resources: [...buses].map((bus) => arnOf('events', `event-bus/${bus}`)),
      run: (share) => Promise.resolve(this.#answer(request, operation, entries, share === 'half')),
    };
  };

  #answer(request: AwsRequest, operation: string, entries: readonly Entry[], half: boolean): Answer {
    const refused = (code: string, message: string): Answer =>
      failureAnswer(request, { status: 400, code, message });
    if (operation !== 'PutEvents')
      return refused('UnknownOperationException', `the twin has no ${operation}`);
    if (entries.length > MOST_ENTRIES || sizeBytes(entries) > LARGEST_BYTES) {
      return refused('ValidationException', 'The request has too many entries, or they are too large');
    }
    const middle = half ? Math.ceil(entries.length / 2) : entries.length;
    const results = entries.map((entry, index) => {
      if (index >= middle) return { ErrorCode: 'InternalFailure', ErrorMessage: 'An error on purpose' };
      const { Source, DetailType, Detail } = entry;
      if (Source === undefined || DetailType === undefined || !isObject(Detail)) {
        return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Source, DetailType or Detail is not valid' };
      }
      return { EventId: this.#keep(request.caller, entry, Source, DetailType, Detail) };
    });
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    return jsonAnswer(request, { FailedEntryCount, Entries: results });
  }

  #keep(caller: string, entry: Entry, source: string, detailType: string, detail: string): string {
    const id = `00000000-0000-4000-8000-${String(this.events.length).padStart(12, '0')}`;
    const resources = entry.Resources ?? [];
    const bus = busOf(entry);
    this.events.push({ id, bus, source, detailType, detail, resources, caller, time: Date.now() });
    return id;
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
function sizeBytes(entries: readonly Entry[]): number {
  const texts = entries.flatMap(({ Source = '', DetailType = '', Detail = '', Resources = [] }) => [
    Source,
    DetailType,
    Detail,
    ...Resources,
  ]);
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** An ARN is as good as a name. */
function busOf({ EventBusName = 'default' }: Entry): string {
  return EventBusName.split('/').at(-1) ?? '';
}

function isObject(detail: string | undefined): detail is string {
  try {
    const value: unknown = JSON.parse(detail ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
