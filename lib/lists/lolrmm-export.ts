/**
 * Reads an export of LOLRMM (https://lolrmm.io, Apache-2.0), a public list of remote-management tools: as the site
 * publishes it, or repacked.
 */
import * as z from 'zod';
import { messageOf, RingerError } from '../core/errors.ts';

/** The built site's file is 2 MB. */
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

/** One entry: file names and category in lower case. */
export interface Listed {
  readonly name: string;
  readonly category: string;
  readonly files: readonly string[];
  readonly signers: readonly string[];
}

/**
 * Reads the published JSON array, or one object a line.
 *
 * @throws RingerError LIST_UNREADABLE when it is neither, is too large, or holds no entry that can be read
 */
export function readExport(content: string): {
  entries: readonly Listed[];
  /** Entries that could not be read, by position from 0. */
  rejected: readonly { readonly position: number; readonly because: string }[];
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
