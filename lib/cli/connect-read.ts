/** Takes in a secret: from a file, from stdin, or from somebody at a terminal, who does not see it appear. */
import { readFileSync, statSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { messageOf, RingerError } from '../core/errors.ts';
import type { VendorId } from '../sources/manifest.ts';
import { notice } from './terminal.ts';
import { askLine, askSecret, canAsk } from './terminal-prompts.ts';
import { UsageError } from './usage-error.ts';

/** Secrets Manager takes no more. */
const LARGEST_BYTES = 64 * 1024;

export interface GivenOptions {
  /** A file with the secret. */
  readonly from?: string;
  /** The administrator a Google service account acts as, where the file does not say. */
  readonly subject?: string;
}

export interface Given {
  readonly secret: string;
  readonly subject: string | undefined;
}

type Kind = Exclude<VendorId, 'aws'> | 'slack';

/**
 * Reads the secret.
 *
 * @throws UsageError when there is none; PATH_UNREADABLE
 */
export async function readGiven(of: Kind, { from, subject }: GivenOptions): Promise<Given> {
  if (from !== undefined) return { secret: readFile(from), subject };
  if (canAsk()) return askFor(of, subject);
  const secret = process.stdin.isTTY ? '' : await textOf(process.stdin);
  if (secret.trim() === '') throw new UsageError('there is no secret: give it on stdin, or by --from FILE');
  if (secret.length > LARGEST_BYTES) throw new UsageError(`stdin has more than ${LARGEST_BYTES} characters`);
  return { secret, subject };
}

async function askFor(of: Kind, subject: string | undefined): Promise<Given> {
  notice(HOW_TO_GET[of]);
  switch (of) {
    case 'okta':
      return { secret: await askSecret('API token (nothing appears)'), subject };
    case 'slack':
      return { secret: await askSecret('Webhook URL (nothing appears)'), subject };
    case 'microsoft': {
      const tenantId = await askLine('Directory (tenant) ID', needed);
      const clientId = await askLine('Application (client) ID', needed);
      const clientSecret = await askSecret('Client secret, its value (nothing appears)');
      return { secret: JSON.stringify({ tenantId, clientId, clientSecret }), subject };
    }
    case 'google': {
      const path = await askLine('Path of the JSON key file', needed);
      const secret = readFile(path.trim());
      const administrator = subject ?? (await askLine('E-mail of the administrator to act as', needed));
      return { secret, subject: administrator };
    }
  }
}

/** Where it comes from; what it must be allowed to, `sources show` says. */
const HOW_TO_GET = {
  okta:
    'An API token of a Read-only Administrator: Okta Admin Console, Security, API, Tokens. A service app with a key of its\n' +
    'own is better: give its JSON with --from FILE.',
  microsoft:
    'An application of the tenant: Entra admin centre, App registrations; grant it the application permissions that\n' +
    '`ringer sources show microsoft` lists. With a certificate: give the JSON with --from FILE.',
  google:
    'A service account with domain-wide delegation for the scopes that `ringer sources show google` lists, and its JSON\n' +
    'key file: Google Cloud console, IAM, Service accounts; Google Admin console, Security, API controls.',
  slack: 'An incoming webhook for the channel: api.slack.com/apps, your app, Incoming Webhooks.',
} as const satisfies Record<Kind, string>;

function needed(text: string): string | undefined {
  return text.trim() === '' ? 'It cannot do without.' : undefined;
}

function readFile(path: string): string {
  try {
    if (statSync(path).size <= LARGEST_BYTES) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new RingerError('PATH_UNREADABLE', `${path}: ${messageOf(cause)}`, { cause });
  }
  throw new RingerError('PATH_UNREADABLE', `${path} has more than ${LARGEST_BYTES} bytes`);
}
