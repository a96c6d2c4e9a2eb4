/** A YAML document that knows on which line each of its values stands. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { messageOf } from '../core/errors.ts';
import type { Problem } from './problems.ts';

/** Aliases may repeat a value this often, so that a small file cannot become a huge one. */
const MOST_ALIASES = 100;

export interface ConfigDocument {
  /** Plain data; `{}` for an empty file. `undefined` when the text is not YAML. */
  readonly value: unknown;
  /** Where the text is not YAML, or names a key twice. */
  readonly problems: readonly Problem[];
  /**
   * Finds the line of the value at a path, counted from 1; of the nearest part that is there, when it is not.
   *
   * @param key - a key of the mapping at the path, to find the line of the key itself
   */
  readonly lineOf: (path: readonly PropertyKey[], key?: string) => number;
}

/** Reads YAML 1.2. Never throws. */
export function readDocument(text: string): ConfigDocument {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      version: '1.2',
    });
    const problems = [...document.errors, ...document.warnings].map(({ message, pos, code }) => ({
      line: lineAt(pos[0]),
      message: code === 'DUPLICATE_KEY' ? 'a key that this mapping already has' : message.trim(),
      isFatal: code !== 'DUPLICATE_KEY' && code !== 'TAG_RESOLVE_FAILED',
    }));
    const isReadable = !problems.some(({ isFatal }) => isFatal);
    return {
      value: isReadable ? ((document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown) ?? {}) : undefined,
      problems,
      lineOf: (path, key) => lineAt(offsetOf(document, path, key)),
    };
  } catch (thrown) {
    // Too many aliases, or nesting deeper than the stack.
    return { value: undefined, problems: [{ line: 1, message: messageOf(thrown) }], lineOf: () => 1 };
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[], key: string | undefined): number {
  let node = document.contents as Node | null | undefined;
  let offset = 0;
  for (const step of key === undefined ? path : [...path, key]) {
    if (isAlias(node)) node = node.resolve(document);
    let next: Node | null | undefined;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      // A value that is not there, or nothing at all, stands where its key does.
      if (isScalar(pair?.key)) offset = pair.key.range?.[0] ?? offset;
      next = pair?.value as Node | null | undefined;
    } else if (isSeq(node)) {
      next = node.items[Number(step)] as Node | undefined;
    }
    if (next === null || next === undefined) break;
    if (!isMap(node)) offset = next.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
