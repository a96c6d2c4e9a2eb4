/** The message of `ringer alerts test`: it looks like an alert's, and says that it is none. */
import { isoTime, type EpochMs } from '../time.ts';
import type { Message } from './message.ts';
import { asSubject, shortId } from './quoted.ts';
import { SEVERITIES } from './severity.ts';

/** @example testMessage('1f0c2a9e…', sentAt).subject // => 'Ringer: test (1f0c2a9e)' */
export function testMessage(token: string, sentAt: EpochMs): Message {
  const id = shortId(token);
  return {
    kind: 'test',
    id,
    subject: asSubject(`Ringer: test (${id})`),
    title: 'Test: nothing has happened',
    sections: [
      {
        lines: [
          `Somebody ran \`ringer alerts test\` at ${isoTime(sentAt)}.`,
          'If you can read this, alerts of this channel reach you. There is nothing to do.',
        ],
      },
    ],
    severities: SEVERITIES,
  };
}
