/**
 * Adds to our own catalogue the tools of a LOLRMM export that it lacks. The list is a reference for hunters, not for
 * inventories: what would match ordinary software is left out, and what is left in is marked as imported, which keeps
 * its alerts modest.
 */
import { softwareFinder, type Finder } from '../core/software/finder.ts';
import type { RemoteTool } from '../core/software/remote-tools.ts';
import { publisherWords, wordsOf } from '../core/software/words.ts';
import { isDenied, isGenericExecutable, isMisleadingSigner } from './lolrmm-deny.ts';
import { readExport, type Listed } from './lolrmm-export.ts';

export interface Merged {
  /** Our own tools, unchanged and first, then the imported ones. */
  readonly tools: readonly RemoteTool[];
  /** Names added, rising. */
  readonly added: readonly string[];
  /** Entries our own catalogue has already. */
  readonly known: number;
  /** Entries left out, each with why. */
  readonly leftOut: readonly { readonly name: string; readonly because: string }[];
  /** Entries that could not be read, by position from 0. */
  readonly rejected: readonly { readonly position: number; readonly because: string }[];
}

/**
 * Merges an export into a catalogue: the published JSON array, or one object a line.
 *
 * Nothing of our own is changed or removed. An imported tool needs a name of several words or an uncommon one, a
 * publisher, or a file nobody else uses; its id begins with `lolrmm-`.
 *
 * @throws RingerError LIST_UNREADABLE when it is neither, is too large, or holds no entry that can be read
 */
export function mergeLolrmm(catalogue: readonly RemoteTool[], export_: string): Merged {
  const { entries, rejected } = readExport(export_);
  const isOurs = softwareFinder(catalogue);
  const own = new Set(catalogue.flatMap((tool) => [tool.id, tool.name.toLowerCase()]));
  const files = filesOnce(entries);
  const leftOut: { name: string; because: string }[] = [];
  const imported = new Map<string, RemoteTool>();
  let known = 0;
  for (const entry of entries) {
    const plain = plainName(entry.name);
    if (isKnown(entry, plain, own, isOurs)) known += 1;
    else if (entry.category !== '' && entry.category !== 'rmm')
      leftOut.push({ name: entry.name, because: 'not of the category RMM' });
    else if (isDenied(plain))
      leftOut.push({ name: entry.name, because: 'on the deny-list: ordinary software' });
    else {
      const tool = toolOf(entry, plain, files);
      if (tool === undefined)
        leftOut.push({ name: entry.name, because: 'nothing by which to tell it apart' });
      else imported.set(tool.id, combined(imported.get(tool.id), tool));
    }
  }
  const tools = [...imported.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { tools: [...catalogue, ...tools], added: tools.map((tool) => tool.name), known, leftOut, rejected };
}

function isKnown(entry: Listed, plain: string, own: ReadonlySet<string>, isOurs: Finder): boolean {
  return (
    own.has(plain) ||
    [entry.name, plain].some((name) => isOurs({ name }) !== undefined) ||
    entry.files.some((executable) => isOurs({ name: '', executable }) !== undefined)
  );
}

function toolOf(entry: Listed, plain: string, filesUsedOnce: ReadonlySet<string>): RemoteTool | undefined {
  const publishers = entry.signers
    .map(publisherWords)
    .filter((each) => each !== '' && !isMisleadingSigner(each));
  const executables = entry.files.filter((each) => filesUsedOnce.has(each) && !isGenericExecutable(each));
  const telling = isTelling(entry.name, plain);
  if (!telling && publishers.length === 0 && executables.length === 0) return undefined;
  return {
    id: `lolrmm-${plain.replace(/[^\p{L}\p{N}]+/gu, '-')}`,
    name: entry.name,
    vendor: publishers[0] ?? entry.name,
    class: 'rmm',
    imported: true,
    // One common word is nobody's: only its publisher makes it a name.
    ...(telling ? { commonNames: [plain] } : { genericNames: [plain] }),
    publishers,
    executables,
  };
}

/** Several words, or one that is coined: with a digit, a dot or a capital inside. */
function isTelling(shown: string, plain: string): boolean {
  if (plain.length < 5) return false;
  return wordsOf(plain).length > 1 || /[\d.]/.test(plain) || /\p{Ll}\p{Lu}|\p{Lu}{2,}\p{Ll}/u.test(shown);
}

/** `CentraStage (Now Datto)` is `centrastage`. */
function plainName(shown: string): string {
  return shown
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function combined(a: RemoteTool | undefined, b: RemoteTool): RemoteTool {
  if (a === undefined) return b;
  const both = (x: readonly string[] = [], y: readonly string[] = []): readonly string[] => [
    ...new Set([...x, ...y]),
  ];
  return {
    ...a,
    publishers: both(a.publishers, b.publishers),
    executables: both(a.executables, b.executables),
  };
}

/** A file name that several tools list is nobody's. */
function filesOnce(entries: readonly Listed[]): ReadonlySet<string> {
  const users = new Map<string, Set<string>>();
  for (const entry of entries) {
    for (const each of entry.files)
      users.set(each, (users.get(each) ?? new Set()).add(plainName(entry.name)));
  }
  return new Set([...users].filter(([, tools]) => tools.size === 1).map(([each]) => each));
}
