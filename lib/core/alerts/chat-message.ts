/**
 * Messages as Amazon Q Developer in chat applications (AWS Chatbot) takes them, which passes them on to Slack or Teams.
 * It renders the service's mark-up, so that vendors' text stands in a block of code, where there is none.
 */
import type { Message } from './message.ts';
import { escaped, shortId } from './quoted.ts';

/** @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html (event schema; read 2026-11) */
export interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** An alert that rises goes into the same thread. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** Ours: the page names none, and Slack, where it mostly ends, takes 3,000 in a section. */
export const CHAT_LIMITS = { title: 150, description: 2_900 } as const;

/** @example chatMessage(messageOfAlert(alert, 'full')).content.title // => 'High: Impossible travel' */
export function chatMessage({
  kind,
  id,
  subject,
  title,
  sections,
  severities,
  detection,
}: Message): ChatMessage {
  const lines = sections.flatMap(({ heading, lines }) => [
    ...(heading === undefined ? [] : [`${heading}:`]),
    ...lines,
  ]);
  const code = escaped(lines.join('\n').replaceAll('`', "'"), CHAT_LIMITS.description - '```\n\n```'.length);
  return {
    version: '1.0',
    source: 'custom',
    id: `${kind}-${id}-${severities.join('-')}`,
    content: {
      textType: 'client-markdown',
      title: escaped(withoutMarks(title), CHAT_LIMITS.title),
      description: `\`\`\`\n${code}\n\`\`\``,
      keywords: [...severities, ...(detection === undefined ? [] : [withoutMarks(detection)])],
    },
    metadata: {
      threadId: `ringer-${shortId(id)}`,
      summary: escaped(withoutMarks(subject), CHAT_LIMITS.title),
      eventType: `ringer-${kind}`,
      additionalContext: { severity: severities.at(-1) ?? '' },
    },
  };
}

/** Takes away what Slack or Teams would make bold, struck, code or a link of; nothing of ours has any. */
function withoutMarks(text: string): string {
  return text.replace(/[*_~`[\]|\\<>&@#!]/g, ' ');
}
