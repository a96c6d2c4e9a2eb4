/** Messages as the plain text of an e-mail. */
import type { Alert } from './alert.ts';
import { LONGEST_LINE, type Message } from './message.ts';
import { quoted } from './quoted.ts';
import { alertText } from './text.ts';

const WIDTH = 80;

/**
 * Writes an alert with all that a reader needs, as the terminal shows it.
 *
 * Every text of a vendor's is cut, so that none pushes the rest out of SNS's 256 KiB.
 */
export function emailOfAlert(alert: Alert): string {
  return alertText(shortTexts(alert, LONGEST_LINE), WIDTH);
}

/** Writes any other message. */
export function emailText({ title, sections }: Message): string {
  const blocks = sections.map(({ heading, lines }) =>
    heading === undefined
      ? lines.join('\n')
      : [`${heading}:`, ...lines.map((line) => `  ${line}`)].join('\n'),
  );
  return `${[title, ...blocks].join('\n\n')}\n`;
}

/** Cuts every text of an alert to `longest`, and makes it safe to show. */
export function shortTexts(alert: Alert, longest: number): Alert {
  return JSON.parse(JSON.stringify(alert), (_, value: unknown) =>
    typeof value === 'string' ? quoted(value, longest) : value,
  ) as Alert;
}
