/** `ringer init`: writes what a deployment starts from, and says how to go on. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memberRoleTemplate } from '../config/member-role.ts';
import { organizationTrailTemplate } from '../config/organization-trail.ts';
import { parseConfig, readConfig, type RingerConfig } from '../config/read-config.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { CONFIG_FILE } from './config-option.ts';
import { EXIT } from './exit.ts';
import { answersInVain, configOfAnswers, NO_ANSWERS, problemsWith, type Answers } from './init-answers.ts';
import { askForAnswers } from './init-ask.ts';
import { MEMBER_ROLE_FILE, sayWhatIsNext, TRAIL_FILE } from './init-next.ts';
import { yamlOf } from './init-yaml.ts';
import { notice } from './terminal.ts';
import { canAsk } from './terminal-prompts.ts';
import { UsageError } from './usage-error.ts';

export interface InitOptions extends Partial<Answers> {
  readonly dir: string;
  readonly force?: boolean;
}

/** Prints the path of each file it has written; exit code 1 when one of them is there already. */
export async function initVerb({ dir, force = false, ...given }: InitOptions): Promise<number> {
  const path = join(dir, CONFIG_FILE);
  const there = [CONFIG_FILE, MEMBER_ROLE_FILE, TRAIL_FILE].filter((name) => existsSync(join(dir, name)));
  if (there.length > 0 && !force) {
    notice(`ringer: ${there.join(' and ')} is there already; --force writes over it`);
    return EXIT.failed;
  }
  const externalId = (force ? externalIdIn(path) : undefined) ?? `ringer-${randomBytes(16).toString('hex')}`;
  const answers = canAsk() ? await askForAnswers(given, externalId) : { ...NO_ANSWERS, ...given };
  const text = checkedYaml(answers, externalId);
  const config = parseConfig(text, {}, path);

  const files = { [CONFIG_FILE]: text, ...awsTemplates(config) };
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeNew(join(dir, name), content, force);
  process.stdout.write(
    Object.keys(files)
      .map((name) => `${join(dir, name)}\n`)
      .join(''),
  );
  sayWhatIsNext(config, dir === '.' ? undefined : path);
  return EXIT.done;
}

/** @throws UsageError saying everything that is wrong with the answers */
function checkedYaml(answers: Answers, externalId: string): string {
  const problems = [...problemsWith(answers, externalId), ...answersInVain(answers)];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return yamlOf(configOfAnswers(answers, externalId));
}

/** Roles in other accounts ask for the id that the file before had. */
function externalIdIn(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const aws = readConfig(path).sources.find(({ type }) => type === 'aws');
    return aws?.type === 'aws' ? aws.externalId : undefined;
  } catch (thrown) {
    notice(`the ${CONFIG_FILE} before cannot be read, so the external id is a new one: ${messageOf(thrown)}`);
    return undefined;
  }
}

/** Where there is no trail yet, the template makes one, in a bucket of this name. */
function awsTemplates({ sources }: RingerConfig): Readonly<Record<string, string>> {
  const aws = sources.find(({ type }) => type === 'aws');
  if (aws?.type !== 'aws') return {};
  const { roleName, externalId = '', trailBucket } = aws;
  const bucketName = trailBucket ?? `ringer-trail-${randomBytes(6).toString('hex')}`;
  return {
    [MEMBER_ROLE_FILE]: memberRoleTemplate({ roleName, externalId }),
    [TRAIL_FILE]: organizationTrailTemplate({ bucketName }),
  };
}

function writeNew(path: string, text: string, force: boolean): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    throw new RingerError('OUTPUT_FAILED', `${path}: ${messageOf(cause)}`, { cause });
  }
}
