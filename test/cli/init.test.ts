import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { configOfAnswers, NO_ANSWERS, problemsWith, type Answers } from '../../lib/cli/init-answers.ts';
import { QUESTIONS } from '../../lib/cli/init-questions.ts';
import { yamlOf } from '../../lib/cli/init-yaml.ts';
import { countryCode } from '../../lib/config/countries.ts';
import { parseConfig, readConfig } from '../../lib/config/read-config.ts';
import { MANIFESTS } from '../../lib/sources/manifests.ts';
import { runRinger, type Ran } from '../support/run-ringer.ts';
import { scratch } from '../support/scanning.ts';

const folder = scratch();
let made = 0;
const freshDir = (): string => join(folder.path, `deployment-${made++}`);
const init = (dir: string, ...options: readonly string[]): Promise<Ran> =>
  runRinger(['init', '--dir', dir, ...options], { cwd: folder.path });

const EXTERNAL_ID = 'ringer-0123456789abcdef';
const ONE_OF_EACH = [
  ...['--organization', 'Example', '--domains', 'example.com', 'example.org'],
  ...['--sources', 'okta', 'microsoft', 'google', 'aws', '--okta-url', 'https://example.okta.com'],
  ...['--aws-accounts', '123456789012', '--aws-regions', 'eu-central-1', '--trail-bucket', 'example-trail'],
  ...['--people', 'people.csv', '--work-countries', 'US', 'Germany'],
  ...['--emails', 'security@example.com', '--slack', 'T0EXAMPLE1/C0EXAMPLE1'],
];

/** Texts that YAML would read as something else, beside any other. */
const name = fc.oneof(
  fc.constantFrom('no', '~', '1e3', '0x10', '# x', "it's", '- a', '{}', 'a: b', '"', '*a', '!!str x', 'a\nb'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
);
const text = name.map((each) => each.trim()).filter((each) => each !== '');
const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const some = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { maxLength: 3 });
const answers: fc.Arbitrary<Answers> = fc.record(
  {
    organization: text,
    domains: some(label.map((each) => `${each}.example`)),
    sources: fc.subarray(MANIFESTS.map(({ vendor }) => vendor)),
    oktaUrl: label.map((each) => `https://${each}.okta.com`),
    awsAccounts: some(fc.stringMatching(/^\d{12}$/)),
    awsRegions: some(fc.constantFrom('eu-central-1', 'us-gov-west-1')),
    trailBucket: label.map((each) => `${each}-trail`),
    people: text,
    workCountries: some(fc.constantFrom('NO', 'Germany', 'us', 'United States')),
    emails: some(label.map((each) => `${each}@example.com`)),
    slack: some(fc.stringMatching(/^T[A-Z0-9]{8}\/C[A-Z0-9]{8}$/)),
  },
  {
    requiredKeys: [
      'domains',
      'sources',
      'oktaUrl',
      'awsAccounts',
      'awsRegions',
      'workCountries',
      'emails',
      'slack',
    ],
  },
);

describe('the ringer.yaml of any answers', () => {
  it('is read as what was answered', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(problemsWith(given, EXTERNAL_ID)).toEqual([]);
        const config = parseConfig(yamlOf(configOfAnswers(given, EXTERNAL_ID)), {}, '/x/ringer.yaml');
        expect(config.organization).toMatchObject({ domains: given.domains });
        expect(config.organization.name).toBe(given.organization);
        expect(config.sources.map(({ type }) => type)).toEqual(given.sources);
        expect(config.people !== undefined).toBe(given.people !== undefined);
        expect(config.policy.workCountries).toEqual(given.workCountries.map(countryCode));
        expect(config.alerts.channels).toHaveLength(given.emails.length + given.slack.length);
        for (const source of config.sources) {
          if (source.type === 'okta') expect(source.orgUrl).toBe(given.oktaUrl);
          if (source.type !== 'aws') continue;
          expect(source).toMatchObject({
            accounts: given.awsAccounts,
            regions: given.awsRegions,
            externalId: EXTERNAL_ID,
          });
          expect(source.trailBucket).toBe(given.trailBucket);
        }
      }),
    );
  });

  it('shows an example of everything that was not answered', () => {
    const yaml = yamlOf(configOfAnswers(NO_ANSWERS, EXTERNAL_ID));
    const uncommented = yaml.replace(/^# (?=organization|sources|people: |policy|alerts| )/gm, '');
    const config = parseConfig(uncommented);
    expect(config.sources).toHaveLength(1);
    expect(config.organization.name).toBe('Example');
    expect(config.alerts.channels).toHaveLength(1);
    expect(config.people).toBeDefined();
    expect(config.policy.workCountries).toEqual(['US', 'DE']);
  });
});

describe('ringer init', () => {
  it('writes what a deployment starts from, and says how to go on', async () => {
    const dir = freshDir();
    const { status, stdout, stderr } = await init(dir, ...ONE_OF_EACH);
    expect(status).toBe(0);
    const names = ['ringer.yaml', 'member-role.template.json', 'organization-trail.template.json'];
    expect(stdout).toBe(names.map((each) => `${join(dir, each)}\n`).join(''));
    const path = join(dir, 'ringer.yaml');
    expect(readConfig(path).sources.map(({ name: each }) => each)).toEqual([
      'okta',
      'microsoft',
      'google',
      'aws',
    ]);
    for (const command of [
      `cdk deploy --all -c config=${path}`,
      `connect okta --config ${path}`,
      `connect slack-C0EXAMPLE1 --config ${path}`,
      'alerts test --stack Ringer',
    ])
      expect(stderr).toContain(command);
  });

  it('lets the roles of other accounts ask for the external id that is in the file', async () => {
    const dir = freshDir();
    await init(dir, '--sources', 'aws');
    const [aws] = readConfig(join(dir, 'ringer.yaml')).sources;
    const externalId = aws?.type === 'aws' ? aws.externalId : undefined;
    expect(externalId).toMatch(/^ringer-[0-9a-f]{32}$/);
    expect(readFileSync(join(dir, 'member-role.template.json'), 'utf8')).toContain(`"${externalId}"`);
    expect((await init(dir, '--sources', 'aws', '--force')).status).toBe(0);
    expect(readFileSync(join(dir, 'ringer.yaml'), 'utf8')).toContain(externalId);
  });

  it('makes an external id nobody can guess', async () => {
    const dirs = [freshDir(), freshDir()];
    const ids = await Promise.all(
      dirs.map(async (dir) => {
        await init(dir, '--sources', 'aws');
        return /externalId: (\S+)/.exec(readFileSync(join(dir, 'ringer.yaml'), 'utf8'))?.[1];
      }),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('writes no template for AWS where AWS is no source', async () => {
    const dir = freshDir();
    await init(dir, '--sources', 'google');
    expect(existsSync(join(dir, 'member-role.template.json'))).toBe(false);
  });

  it.each(['ringer.yaml', 'member-role.template.json'])(
    'never writes over a %s unless forced',
    async (file) => {
      const path = folder.write(`there-${made}/${file}`, 'mine');
      const dir = join(folder.path, `there-${made++}`);
      const { status, stderr } = await init(dir, '--sources', 'aws');
      expect({ status, text: readFileSync(path, 'utf8') }).toEqual({ status: 1, text: 'mine' });
      expect(stderr).toContain(file);
      expect((await init(dir, '--sources', 'aws', '--force')).status).toBe(0);
      expect(readFileSync(path, 'utf8')).not.toBe('mine');
    },
  );

  it.each([
    [['--sources', 'okta'], '--okta-url'],
    [['--sources', 'slack'], 'Allowed choices'],
    [['--domains', 'no domain'], 'organization.domains[0]'],
    [['--domains', 'example.com,example.org'], 'organization.domains[0]'],
    [['--sources', 'google', '--okta-url', 'https://example.okta.com'], '--sources okta'],
    [['--trail-bucket', 'example-trail'], '--sources aws'],
    [['--sources', 'aws', '--trail-bucket', 's3://trail'], 'the name of an S3 bucket'],
    [['--sources', 'okta', '--okta-url', 'http://example.okta.com'], 'an https URL'],
    [['--sources', 'aws', '--aws-accounts', '12'], 'twelve digits'],
    [['--slack', 'C0EXAMPLE1'], 'a Slack workspace id'],
    [['--work-countries', 'Nowhere'], 'a country'],
  ])('does not understand %j, and then writes nothing', async (options, says) => {
    const dir = freshDir();
    const { status, stderr } = await init(dir, ...options);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
    expect(existsSync(dir)).toBe(false);
  });

  it('has an option for every answer', async () => {
    const { stdout } = await runRinger(['init', '--help'], { cwd: folder.path });
    for (const { flags, key } of QUESTIONS) {
      expect(stdout).toContain(flags.split(' ')[0]);
      // Commander makes the answer's key of it.
      expect(
        flags
          .slice(2)
          .split(' ')[0]
          ?.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      ).toBe(key);
    }
  });
});
