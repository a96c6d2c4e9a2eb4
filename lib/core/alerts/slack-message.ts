/** Messages as Slack's Block Kit. Vendors' text is only ever in `plain_text`, escaped all the same. */
import type { Message, Section } from './message.ts';
import { escaped } from './quoted.ts';

export interface SlackMessage {
  /** For notifications and screen readers; our own words. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | {
      readonly type: 'section';
      readonly text: PlainText | { readonly type: 'mrkdwn'; readonly text: string };
    };

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  /** Colons stay colons. */
  readonly emoji: false;
}

/**
 * Slack's limits of one block, and how many there are in a message.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/ (read 2026-11)
 */
export const SLACK_LIMITS = { header: 150, section: 3_000, blocks: 50 } as const;
/** Slack refuses messages whose texts add up to some 11,000 characters, which is not documented; 9,600 were taken. */
const LONGEST_MESSAGE = 9_000;

/** @example slackMessage(messageOfAlert(alert, 'full')).blocks[0] // => { type: 'header', text: … } */
export function slackMessage({ subject, title, sections }: Message): SlackMessage {
  const blocks: SlackBlock[] = [{ type: 'header', text: plain(title, SLACK_LIMITS.header) }];
  let left = LONGEST_MESSAGE;
  for (const section of sections) {
    const added = blocksOf(section, Math.min(left, SLACK_LIMITS.section));
    if (blocks.length + added.length > SLACK_LIMITS.blocks) break;
    left -= added.reduce((sum, { text }) => sum + text.text.length, 0);
    blocks.push(...added);
    // A block must not be empty, and what is left would say nothing.
    if (left < 100) break;
  }
  return { text: escaped(subject, SLACK_LIMITS.header), blocks, unfurl_links: false, unfurl_media: false };
}

function blocksOf({ heading, lines }: Section, longest: number): readonly SlackBlock[] {
  const text = lines.join('\n');
  if (text.trim() === '') return [];
  const body = { type: 'section', text: plain(text, longest) } as const;
  if (heading === undefined) return [body];
  const bold = `*${escaped(heading.replace(/[*_~`]/g, ' '), SLACK_LIMITS.header)}*`;
  return [{ type: 'section', text: { type: 'mrkdwn', text: bold } }, body];
}

function plain(text: string, longest: number): PlainText {
  return { type: 'plain_text', text: escaped(text, longest), emoji: false };
}
