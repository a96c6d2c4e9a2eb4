/** The one way in which a vendor's text gets into a message: nothing in it can steer, link, mention or overflow. */
import { safeText } from './text.ts';

/**
 * Makes a vendor's text fit to be shown in a message: one line, no steering characters, no address that a reader's
 * program would make a link of, and not longer than `longest` code units.
 *
 * @example quoted('see https://example.net\nnow', 40) // => 'see https[:]//example.net now'
 */
export function quoted(text: string, longest: number): string {
  // What is cut off is never looked at, so that a text of megabytes costs no more than a long one.
  const start = text.slice(0, longest * 2).toWellFormed();
  const safe = safeText(start.replace(/\r\n?/g, '\n'))
    .replace(/:(?=\/\/)/g, '[:]')
    .replace(/\bwww\./gi, 'www[.]');
  return shortened(safe, longest, (character) => character);
}

/**
 * Replaces the three characters that Slack gives a meaning, and cuts so that what is sent is not longer than `longest`.
 * An entity is never cut in two.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text/ (escaping; read 2026-11)
 * @example escaped('<!here> & co', 80) // => '&lt;!here&gt; &amp; co'
 */
export function escaped(text: string, longest: number): string {
  return shortened(text, longest, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Makes a text one of ours alone, for places that take no other: printable ASCII, at most 99 characters. */
export function asSubject(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 99)
    .trim();
}

/** Makes sure that an id of ours is one: lower case, digits and hyphens, at most 60. */
export function asId(id: string): string {
  return id.slice(0, 60).replace(/[^a-z0-9-]/g, '-');
}

/** Gives what an alert is called between people: the first eight characters of its id. */
export function shortId(id: string): string {
  return asId(id).slice(0, 8);
}

function shortened(text: string, longest: number, written: (character: string) => string): string {
  let whole = '';
  let cut = '';
  for (const character of text) {
    const next = written(character);
    if (whole.length + next.length > longest) return `${cut}…`;
    whole += next;
    if (whole.length < longest) cut = whole;
  }
  return whole;
}
