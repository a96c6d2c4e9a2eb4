/** An AWS connection has no secret: a role in each account lets Ringer in, and is tried here. */
import { messageOf } from '../core/errors.ts';
import { openTargets } from '../sources/aws/targets.ts';
import { systemClock } from '../sources/transport.ts';
import type { AwsSource } from './connect-target.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';

/** Takes on the role of every account; exit code 1 when one of them refuses. */
export async function connectAws(source: AwsSource): Promise<number> {
  const { name, accounts, roleName } = source;
  if (accounts.length === 0) {
    notice(`${name}: the account Ringer runs in is read with its own role; there is nothing to connect`);
    return EXIT.done;
  }
  const targets = await openTargets(source, systemClock)();
  const byAccount = new Map(targets.map((target) => [target.name.split('/', 1)[0] ?? '', target]));
  let refused = 0;
  for (const [account, { credentials }] of byAccount) {
    try {
      await credentials?.();
      notice(`${name}: ${account} lets ${roleName} be taken on`);
    } catch (thrown) {
      refused++;
      notice(`ringer: ${messageOf(thrown)}`);
    }
  }
  if (refused === 0) return EXIT.done;
  notice(
    'Deploy member-role.template.json (`ringer init` writes it) to those accounts, with the externalId and the roleName of\n' +
      'ringer.yaml; your own credentials have to be of the account Ringer runs in, and be allowed sts:AssumeRole.',
  );
  return EXIT.failed;
}
