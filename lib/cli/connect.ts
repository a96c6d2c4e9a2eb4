/** `ringer connect`: takes in the credential of a connection, tries it, and puts it into its secret in AWS. */
import { RingerError } from '../core/errors.ts';
import { writeSecret } from '../pipeline/secret.ts';
import { configOf } from './config-option.ts';
import { readGiven, type GivenOptions } from './connect-read.ts';
import { findTarget, type SecretTarget } from './connect-target.ts';
import { neededBy, verifySource, verifyWebhook } from './connect-verify.ts';
import { sourceCredential, webhookUrl } from './credential-shape.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';

export interface ConnectOptions extends GivenOptions {
  readonly config?: string;
  readonly environment?: string;
  readonly verify: boolean;
}

/** Stores it, unless it does not work: exit code 1. The secret itself is never shown. */
export async function connectVerb(name: string, options: ConnectOptions): Promise<number> {
  const target = findTarget(configOf(options.config), name, options.environment);
  if (target.type === 'aws') {
    const { connectAws } = await import('./connect-aws.ts');
    return connectAws(target.source);
  }
  const given = await readGiven(target.type === 'slack' ? 'slack' : target.source.type, options);
  const secret =
    target.type === 'slack'
      ? webhookUrl(given.secret)
      : sourceCredential(target.source.type, given.secret, given.subject);
  if (options.verify && !(await works(target, secret))) return EXIT.failed;
  await writeSecret(target.secretId, secret);
  notice(`stored in the secret ${target.secretId}`);
  return EXIT.done;
}

/** Tries it, and says what came of that. */
async function works(target: SecretTarget, secret: string): Promise<boolean> {
  try {
    notice(
      target.type === 'slack'
        ? await verifyWebhook(target.channel, secret)
        : await verifySource(target.source, secret),
    );
    return true;
  } catch (thrown) {
    if (!(thrown instanceof RingerError)) throw thrown;
    notice(`ringer: ${thrown.code}: ${thrown.message}`);
    if (target.type === 'source' && thrown.code === 'SOURCE_DENIED') notice(neededBy(target.source));
    notice('Nothing was stored. --no-verify stores it untried.');
    return false;
  }
}
