/** What everything benign happens in. */
import type { Window } from '../company/workforce.ts';
import type { Causes } from '../causes.ts';
import type { Journal } from '../journal.ts';
import type { AddressBook } from '../places/address-book.ts';
import type { Worker } from '../worker.ts';

export interface Scene {
  readonly seed: number;
  readonly window: Window;
  readonly book: AddressBook;
  readonly journal: Journal;
  readonly causes: Causes;
  /** Everybody honest, whether or not a story has taken their days. */
  readonly workers: readonly Worker[];
}
