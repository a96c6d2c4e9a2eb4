/** Recognises what a downloaded list is, and gives what is kept of it. */
import { listKind } from './list-kinds.ts';
import { readListText } from './list-text.ts';

/** LOLRMM's export of remote-access tools. @see https://lolrmm.io/api/ */
export const REMOTE_TOOLS_FILE = 'lolrmm.json';

export interface ReadList {
  /** The file's name in the directory of lists. */
  readonly name: string;
  /** A kind of network, or `remote-tools`. */
  readonly kind: string;
  /** What is written. */
  readonly content: string;
  /** The ranges, or the names of the tools: what two versions of a list are compared by. */
  readonly items: ReadonlySet<string>;
  /** Lines or entries that are not what they should be. */
  readonly ignored: number;
}

/**
 * Reads a list.
 *
 * @param path - where it came from: its last part, or its last two, tell the kind of its ranges, as in `vpn/ipv4.txt`
 * @throws Error saying in words for people why it is not a list
 */
export function readList(path: string, text: string): ReadList {
  return /^\uFEFF?\s*[[{]/.test(text) ? readRemoteTools(text) : readRanges(path, text);
}

function readRanges(path: string, text: string): ReadList {
  const { ranges, ignoredLines } = readListText(text);
  if (ranges.length === 0) throw new Error('no line of it is a range such as 203.0.113.0/24');
  const stem = stemOf(path);
  const kind = stem === undefined ? undefined : listKind(stem)?.kind;
  if (stem === undefined || kind === undefined) {
    throw new Error(
      'its name does not tell whether it lists vpn, datacenter, relay, tor or proxy: rename it',
    );
  }
  const items = new Set(ranges.map((range) => range.text));
  return { name: `${stem}.txt`, kind, content: `${[...items].join('\n')}\n`, items, ignored: ignoredLines };
}

/** `…/output/vpn/ipv4.txt` → `vpn-ipv4`; `…/vpn-ipv4.txt` → `vpn-ipv4`. */
function stemOf(path: string): string | undefined {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const last = (parts.at(-1) ?? '').replace(/\.[a-z\d]{1,5}$/i, '');
  const candidates = [last, `${parts.at(-2) ?? ''}-${last}`].map(slug);
  return candidates.find((candidate) => listKind(candidate) !== undefined);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
}

function readRemoteTools(text: string): ReadList {
  const entries = parseJson(text.replace('\uFEFF', ''));
  if (!Array.isArray(entries)) throw new Error("this is not LOLRMM's export: it is not one JSON array");
  const names = entries.map(toolName).filter((name) => name !== undefined);
  if (names.length === 0) throw new Error("this is not LOLRMM's export: no entry has Name and Details");
  const ignored = entries.length - names.length;
  return { name: REMOTE_TOOLS_FILE, kind: 'remote-tools', content: text, items: new Set(names), ignored };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toolName(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { Name, Details } = entry as { readonly Name?: unknown; readonly Details?: unknown };
  return typeof Name === 'string' && Name !== '' && typeof Details === 'object' && Details !== null
    ? Name
    : undefined;
}
