/**
 * Reads an export of LOLRMM (https://lolrmm.io, Apache-2.0), a public list of remote-management tools, and adds what our
 * own catalogue lacks. The list is a reference for hunters, not for inventories: what would match ordinary software is
 * left out, and what is left in is marked as imported, which keeps its alerts modest.
 */
import * as z from 'zod';
import { messageOf, RingerError } from '../core/errors.ts';
import { softwareFinder, type Finder } from '../core/software/finder.ts';
import type { RemoteTool } from '../core/software/remote-tools.ts';
import { publisherWords, wordsOf } from '../core/software/words.ts';
import { isDenied, isGenericExecutable, isMisleadingSigner } from './lolrmm-deny.ts';

/** The built site’s file is 2 MB. */
const SIZE_LIMIT = 8 * 1024 * 1024;
const TOOLS_LIMIT = 5_000;
const TEXTS_LIMIT = 200;

const text = z.string().max(1_000).catch('');
const texts = z
  .union([z.array(text).max(TEXTS_LIMIT), text.transform((one) => [one])])
  .catch([])
  .transform((list) => list.map((each) => each.trim()).filter((each) => each !== ''));
const file = z.object({ Filename: text.optional(), OriginalFileName: text.optional() }).catch({});
const files = z.union([z.array(file).max(TEXTS_LIMIT), file.transform((one) => [one])]).catch([]);
const toolName = z.string().trim().min(1).max(200);

/** As https://lolrmm.io/api/rmm_tools.json has it. */
const published = z.object({
  Name: toolName,
  Category: text.optional(),
  Details: z
    .object({ PEMetadata: files.optional(), InstallationPaths: texts.optional() })
    .catch({})
    .optional(),
  CodeSigning: z.unknown().optional(),
});

/** The same in lower case and flat, one object a line, as tools that repack it write it. */
const repacked = z.object({
  name: toolName,
  category: text.optional(),
  pe: files.optional(),
  paths: texts.optional(),
  signers: texts.optional(),
});

interface Listed {
  readonly name: string;
  readonly category: string;
  readonly files: readonly string[];
  readonly signers: readonly string[];
}

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

function readExport(content: string): {
  entries: readonly Listed[];
  rejected: { position: number; because: string }[];
} {
  if (content.length > SIZE_LIMIT)
    throw new RingerError('LIST_UNREADABLE', `the LOLRMM export is over ${SIZE_LIMIT} characters`);
  const rejected: { position: number; because: string }[] = [];
  const entries: Listed[] = [];
  for (const [position, value] of parsedEntries(content).entries()) {
    const entry = listedOf(value);
    if (typeof entry === 'string') rejected.push({ position, because: entry });
    else entries.push(entry);
  }
  if (entries.length === 0)
    throw new RingerError('LIST_UNREADABLE', 'the LOLRMM export holds no entry with a name');
  return { entries, rejected };
}

function parsedEntries(content: string): readonly unknown[] {
  const trimmed = content.replace(/^\ufeff/, '').trim();
  let values: readonly unknown[];
  try {
    values = trimmed.startsWith('[')
      ? (JSON.parse(trimmed) as unknown[])
      : trimmed
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '')
          .map((line): unknown => JSON.parse(line));
  } catch (cause) {
    throw new RingerError(
      'LIST_UNREADABLE',
      `the LOLRMM export is neither a JSON array nor one object a line: ${messageOf(cause)}`,
      { cause },
    );
  }
  if (values.length > TOOLS_LIMIT)
    throw new RingerError('LIST_UNREADABLE', `the LOLRMM export has over ${TOOLS_LIMIT} entries`);
  return values;
}

function listedOf(value: unknown): Listed | string {
  const site = published.safeParse(value);
  if (site.success) {
    const { Name, Category, Details, CodeSigning } = site.data;
    return {
      name: Name,
      category: (Category ?? '').toLowerCase(),
      files: fileNames(Details?.PEMetadata, Details?.InstallationPaths),
      signers: signersIn(CodeSigning),
    };
  }
  const flat = repacked.safeParse(value);
  if (flat.success) {
    const { name: shown, category, pe, paths, signers } = flat.data;
    return {
      name: shown,
      category: (category ?? '').toLowerCase(),
      files: fileNames(pe, paths),
      signers: signers ?? [],
    };
  }
  return 'Name: expected a text of 1 to 200 characters';
}

/** Whole file names only: a pattern or a folder tells nothing by itself. */
function fileNames(
  pe: readonly { Filename?: string | undefined; OriginalFileName?: string | undefined }[] = [],
  paths: readonly string[] = [],
): readonly string[] {
  const all = [...pe.flatMap((each) => [each.Filename, each.OriginalFileName]), ...paths]
    .filter((each) => each !== undefined)
    .map((each) =>
      each
        .slice(Math.max(each.lastIndexOf('/'), each.lastIndexOf('\\')) + 1)
        .trim()
        .toLowerCase(),
    );
  return [...new Set(all.filter((each) => each.endsWith('.exe') && !/[*?<>[\]%]/.test(each)))];
}

/** The list writes signers as text, as a list, or as objects with a name: any text of these shapes is taken. */
function signersIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return value.length <= 200 && value.trim() !== '' ? [value.trim()] : [];
  if (Array.isArray(value)) return value.slice(0, TEXTS_LIMIT).flatMap((each) => signersIn(each, depth + 1));
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  return Object.entries(value)
    .filter(([key]) => /^(?:signer|subject|organization|company|publisher|name|o|cn)/i.test(key))
    .flatMap(([, each]) => signersIn(each, depth + 1));
}
