import { FakeGoogle } from '../../lib/simulator/google/fake-google.ts';
import { FakeMicrosoft } from '../../lib/simulator/microsoft/fake-microsoft.ts';
import { FakeOkta } from '../../lib/simulator/okta/fake-okta.ts';
import { googleManifest } from '../../lib/sources/google/manifest.ts';
import { rsaKeys } from '../sources/keys.ts';
import { FakeDeployment } from '../support/fake-deployment.ts';
import { FakeSlack } from '../support/fake-slack.ts';
import { runRinger, type Ran } from '../support/run-ringer.ts';
import { scratch } from '../support/scanning.ts';

const folder = scratch();
const keys = rsaKeys();
const TOKEN = '00invented-token-of-okta';
const GUID = '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001';
const CLIENT_SECRET = 'invented~client~secret';
const ACCOUNT = {
  clientEmail: 'ringer@example-project.iam.gserviceaccount.com',
  publicKey: keys.publicPem,
  subject: 'admin@example.com',
  scopes: googleManifest.feeds.flatMap(({ permissions }) => permissions),
};
const KEY_FILE = JSON.stringify({
  type: 'service_account',
  client_email: ACCOUNT.clientEmail,
  private_key: keys.privatePem,
});

const aws = new FakeDeployment();
const okta = new FakeOkta({ token: TOKEN });
const microsoft = new FakeMicrosoft({ tenantId: GUID, clientId: GUID, clientSecret: CLIENT_SECRET });
const google = new FakeGoogle({ account: ACCOUNT });
const slack = new FakeSlack();
let webhook: string;

beforeAll(async () => {
  await aws.start();
  const [oktaUrl, microsoftUrl, googleUrl] = await Promise.all([
    okta.start(),
    microsoft.start(),
    google.start(),
  ]);
  webhook = await slack.start();
  folder.write(
    'ringer.yaml',
    `
sources:
  - { name: okta, type: okta, orgUrl: '${oktaUrl}' }
  - { name: subsidiary, type: okta, orgUrl: '${oktaUrl}', credentials: 'secret:other/okta' }
  - { name: entra, type: microsoft, graphUrl: '${microsoftUrl}', loginUrl: '${microsoftUrl}', manageUrl: '${microsoftUrl}' }
  - { name: workspace, type: google, apiUrl: '${googleUrl}', tokenUrl: '${google.tokenUrl}' }
  - { name: aws, type: aws, accounts: ['123456789012', '210987654321'], externalId: ringer-invented }
alerts:
  channels:
    - { type: slack, workspaceId: T0EXAMPLE1, channelId: C0EXAMPLE1, minimumSeverity: high }
`,
  );
});
afterAll(() => Promise.all([aws, okta, microsoft, google, slack].map((each) => each.stop())));

const SECRETS = ['ringer/okta', 'other/okta', 'ringer/entra', 'ringer/workspace', 'ringer/slack-C0EXAMPLE1'];
beforeEach(() => {
  for (const name of [...SECRETS, 'ringer-staging/okta']) aws.secrets.set(name, '');
});

const connect = (name: string, stdin: string, ...options: readonly string[]): Promise<Ran> =>
  runRinger(['connect', name, ...options], { cwd: folder.path, stdin });

const APP = JSON.stringify({ tenantId: GUID, clientId: GUID, clientSecret: CLIENT_SECRET });

describe('ringer connect', () => {
  it.each([
    ['okta', TOKEN, 'ringer/okta', 'System Log can be read'],
    ['Subsidiary', TOKEN, 'other/okta', 'System Log can be read'],
    ['microsoft', APP, 'ringer/entra', 'Directory audits can be read'],
    ['workspace', KEY_FILE, 'ringer/workspace', 'Sign-ins can be read'],
  ])('tries the credential of %s, then stores it', async (name, secret, secretId, says) => {
    const { status, stdout, stderr } = await connect(name, `${secret}\n`, '--subject', 'admin@example.com');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain(says);
    expect(aws.secrets.get(secretId)).toContain(secret.slice(0, -1));
    expect([...aws.secrets.values()].filter((value) => value !== '')).toHaveLength(1);
  });

  it('sends a message through a webhook, then stores it', async () => {
    const { status } = await connect('slack', webhook);
    expect(status).toBe(0);
    expect(slack.received.at(-1)?.text).toBe('Ringer is connected');
    expect(aws.secrets.get('ringer/slack-C0EXAMPLE1')).toBe(webhook);
  });

  it('stores the administrator a service account acts as beside its key', async () => {
    await connect('google', KEY_FILE, '--subject', 'admin@example.com');
    expect(JSON.parse(aws.secrets.get('ringer/workspace') ?? '')).toMatchObject({
      subject: 'admin@example.com',
      private_key: keys.privatePem,
    });
  });

  it('takes a file', async () => {
    const path = folder.write('token.txt', `${TOKEN}\n`);
    expect((await connect('okta', '', '--from', path)).status).toBe(0);
    expect(aws.secrets.get('ringer/okta')).toBe(TOKEN);
  });

  it('fills the secret of the environment that is named', async () => {
    expect((await connect('okta', TOKEN, '--environment', 'staging')).status).toBe(0);
    expect(aws.secrets.get('ringer-staging/okta')).toBe(TOKEN);
  });

  describe('stores nothing that does not work, and says what to do', () => {
    it.each([
      ['okta', '00wrong-token-of-okta', 'okta.logs.read'],
      ['entra', APP.replace(CLIENT_SECRET, 'wrong-secret'), 'AuditLog.Read.All'],
      ['workspace', KEY_FILE, 'admin.reports.audit.readonly'],
    ])('of %s', async (name, secret, says) => {
      const { status, stderr } = await connect(name, secret, '--subject', 'nobody@example.com');
      expect(status).toBe(1);
      expect(stderr).toContain('SOURCE_DENIED');
      expect(stderr).toContain(says);
      expect(stderr).toContain('--no-verify');
      expect(new Set(aws.secrets.values())).toEqual(new Set(['']));
    });

    it('of a Slack channel', async () => {
      slack.next.push(404);
      expect((await connect('C0EXAMPLE1', webhook)).status).toBe(1);
      expect(aws.secrets.get('ringer/slack-C0EXAMPLE1')).toBe('');
    });

    it('unless told not to try', async () => {
      const { status } = await connect('okta', '00wrong-token-of-okta', '--no-verify');
      expect({ status, secret: aws.secrets.get('ringer/okta') }).toEqual({
        status: 0,
        secret: '00wrong-token-of-okta',
      });
    });
  });

  it('never shows a secret, whatever happens', async () => {
    const runs = await Promise.all([
      connect('okta', TOKEN),
      connect('okta', '00wrong-token-of-okta'),
      connect('okta', 'two words'),
      connect('entra', APP),
      connect('entra', APP.slice(0, -1)),
      connect('workspace', KEY_FILE, '--subject', 'admin@example.com'),
      connect('slack', `${webhook}?x=1`),
    ]);
    const shown = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
    for (const secret of [TOKEN, '00wrong', 'two words', CLIENT_SECRET, 'PRIVATE KEY', 'services/T0'])
      expect(shown).not.toContain(secret);
  });

  it('says to deploy first where there is no secret yet', async () => {
    aws.secrets.delete('ringer/okta');
    const { status, stderr } = await connect('okta', TOKEN);
    expect(status).toBe(1);
    expect(stderr).toContain('deploy first');
  });

  it.each([
    [2, 'nothing', [''], 'okta, subsidiary, entra, workspace, aws, slack-C0EXAMPLE1'],
    [2, 'okt', [TOKEN], 'no connection "okt"'],
    [2, 'okta', [''], 'there is no secret'],
    [2, 'okta', [TOKEN, '--environment', 'A b'], '--environment: expected lower-case words'],
    [1, 'okta', ['', '--from', '/nowhere'], 'PATH_UNREADABLE'],
    [1, 'okta', ['two words'], 'expected an API token'],
    [1, 'okta', [TOKEN, '--config', '/nowhere.yaml'], 'PATH_UNREADABLE'],
  ])('ends with %i for %s and %j', async (code, name, [stdin = '', ...options], says) => {
    const { status, stderr } = await connect(name, stdin, ...options);
    expect(status).toBe(code);
    expect(stderr).toContain(says);
  });

  it('asks which one is meant where a vendor has several', async () => {
    const path = folder.write(
      'several.yaml',
      `sources:\n${['one', 'two'].map((name) => `  - { name: ${name}, type: google }\n`).join('')}`,
    );
    const { status, stderr } = await connect('google', KEY_FILE, '--config', path);
    expect(status).toBe(2);
    expect(stderr).toContain('one, two');
  });
});

describe('ringer connect of an AWS connection', () => {
  const role = (account: string): string => `arn:aws:iam::${account}:role/RingerReader`;
  beforeEach(() => aws.roles.set(role('123456789012'), 'ringer-invented'));

  it('takes on the role of each account', async () => {
    aws.roles.set(role('210987654321'), 'ringer-invented');
    const { status, stderr } = await connect('aws', '');
    expect(status).toBe(0);
    for (const account of ['123456789012', '210987654321'])
      expect(stderr).toContain(`${account} lets RingerReader be taken on`);
  });

  it('names the accounts that refuse, and says what to do', async () => {
    aws.roles.set(role('210987654321'), 'another-external-id');
    const { status, stderr } = await connect('aws', '');
    expect(status).toBe(1);
    expect(stderr).toContain('123456789012 lets');
    expect(stderr).toContain('AssumeRole of RingerReader in 210987654321: AccessDenied');
    expect(stderr).toContain('member-role.template.json');
  });

  it('has nothing to do where only its own account is read', async () => {
    const path = folder.write('own.yaml', 'sources:\n  - { name: aws, type: aws }\n');
    expect((await connect('aws', '', '--config', path)).status).toBe(0);
  });
});
