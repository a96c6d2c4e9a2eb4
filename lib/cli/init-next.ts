/** What there is to do once `ringer init` has written its files. */
import { existsSync } from 'node:fs';
import { slackChannels } from '../config/channels.ts';
import type { RingerConfig } from '../config/read-config.ts';
import { CONFIG_FILE } from './config-option.ts';
import { notice } from './terminal.ts';

export const MEMBER_ROLE_FILE = 'member-role.template.json';
export const TRAIL_FILE = 'organization-trail.template.json';

/**
 * Says it.
 *
 * @param path - of a ringer.yaml in another folder than this one
 */
export function sayWhatIsNext(config: RingerConfig, path: string | undefined): void {
  const slack = slackChannels(config.alerts).map(({ id }) => id);
  const names = [...config.sources.filter(({ type }) => type !== 'aws').map(({ name }) => name), ...slack];
  if (config.people !== undefined && !existsSync(config.people))
    notice(`${config.people} is not there yet: a deployment needs it.`);
  if (config.sources.length === 0) notice(`No source yet: add one to ${CONFIG_FILE} before you deploy.`);
  if (config.sources.some(({ type }) => type === 'aws'))
    notice(
      `${MEMBER_ROLE_FILE} is for a StackSet over the accounts that are read; ${TRAIL_FILE} for the account with the\n` +
        "trail's bucket, if there is to be one.",
    );
  notice(
    [
      '',
      'Next, with credentials of the AWS account Ringer is to run in:',
      '  npx cdk bootstrap   # once for each account and Region',
      `  npx cdk deploy --all${path === undefined ? '' : ` -c config=${path}`}`,
      ...names.map(
        (name) => `  npm run -s ringer -- connect ${name}${path === undefined ? '' : ` --config ${path}`}`,
      ),
      '  npm run -s ringer -- alerts test --stack Ringer',
    ].join('\n'),
  );
}
