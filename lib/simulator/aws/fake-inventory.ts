/** The Systems Manager inventory of one account and Region. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import { objectsAt, textAt } from '../../sources/fields.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Answer } from './answer.ts';

export interface FakeInstance {
  /** `i-…`, or `mi-…` for one outside EC2. */
  readonly id: string;
  readonly captureTime: EpochMs;
  /** `AWS:InstanceInformation`. */
  readonly information: Readonly<Record<string, string>>;
  /** `AWS:Application`. */
  readonly applications: readonly Readonly<Record<string, string>>[];
}

const INSTANCE = 'AWS:InstanceInformation';
const APPLICATION = 'AWS:Application';
/** The only types GetInventory gives, whatever others there are. */
const RESULT_TYPES: readonly string[] = [INSTANCE, 'AWS:PatchSummary'];
const MOST_ENTRIES = 50;

export class FakeInventory {
  readonly #instances = new Map<string, FakeInstance>();
  readonly #gone = new Set<string>();
  #listing = 1;

  /** Puts an instance there, or what it says now. */
  put(instance: FakeInstance): void {
    this.#instances.set(instance.id, instance);
  }

  /** Lets an instance still be listed, but no longer be known: it ended between the two. */
  forget(id: string): void {
    this.#gone.add(id);
  }

  /** Makes the tokens given so far invalid. */
  forgetTokens(): void {
    this.#listing++;
  }

  /** Answers GetInventory. */
  getInventory(input: RawRecord): Answer {
    const types = objectsAt(input, 'ResultAttributes').map(
      (attribute) => textAt(attribute, 'TypeName') ?? '',
    );
    const other = types.find((type) => !RESULT_TYPES.includes(type));
    if (other !== undefined)
      return {
        fault: 'InvalidResultAttributeException',
        message: `Result type name ${other} is not supported. Supported type names are: ${RESULT_TYPES.join(', ')}.`,
      };
    const entities = [...this.#instances.values()].map(({ id, captureTime, information }) => ({
      Id: id,
      Data: {
        [INSTANCE]: {
          TypeName: INSTANCE,
          SchemaVersion: '1.0',
          CaptureTime: secondsTime(captureTime),
          Content: [information],
        },
      },
    }));
    return this.#page(input, 'Entities', entities, {});
  }

  /** Answers ListInventoryEntries. */
  listEntries(input: RawRecord): Answer {
    const instance = this.#instances.get(textAt(input, 'InstanceId') ?? '');
    if (instance === undefined || this.#gone.has(instance.id))
      return { fault: 'InvalidInstanceId', message: 'The instance is unknown' };
    const { id, captureTime, information, applications } = instance;
    const TypeName = textAt(input, 'TypeName');
    const entries = TypeName === APPLICATION ? applications : TypeName === INSTANCE ? [information] : [];
    return this.#page(input, 'Entries', entries, {
      TypeName,
      InstanceId: id,
      SchemaVersion: '1.1',
      CaptureTime: secondsTime(captureTime),
    });
  }

  /** The token after the last page is an empty text. */
  #page(input: RawRecord, key: string, all: readonly object[], beside: object): Answer {
    const most = Math.min(Number(input['MaxResults'] ?? MOST_ENTRIES), MOST_ENTRIES);
    const [listing = this.#listing, start = 0] = textAt(input, 'NextToken')?.split('.').map(Number) ?? [];
    if (listing !== this.#listing) return { fault: 'InvalidNextToken', message: 'The token is invalid' };
    const end = start + most;
    const NextToken = end < all.length ? `${this.#listing}.${end}` : '';
    return { body: { ...beside, [key]: all.slice(start, end), NextToken } };
  }
}

function secondsTime(time: EpochMs): string {
  return isoTime(time).replace(/\.\d+Z$/, 'Z');
}
