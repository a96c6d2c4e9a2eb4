import { putAlert } from '../../lib/stores/alerts.ts';
import { openTable } from '../../lib/stores/table.ts';
import { anAlert } from '../stores/alert-store.ts';
import { FakeDeployment } from '../support/fake-deployment.ts';
import { LocalAws } from '../support/local-aws.ts';
import { runRinger, type Ran } from '../support/run-ringer.ts';

const local = new LocalAws();
const aws = new FakeDeployment();
const alert = anAlert();
beforeAll(async () => {
  await local.start();
  await aws.start();
  const name = await local.createTable('RingerState-Alerts0A1B2C3D-1EXAMPLE2');
  aws.stacks.set('RingerState', { AlertsTable: name });
  await putAlert(openTable(name), alert, Date.UTC(2026, 10, 2));
});
afterAll(async () => {
  await aws.stop();
  await local.stop();
});

const alerts = (...args: readonly string[]): Promise<Ran> =>
  runRinger(['alerts', ...args], { cwd: process.cwd() });

describe('ringer alerts on a deployment', () => {
  it.each(['Ringer', 'RingerState'])('finds the alerts of %s', async (stack) => {
    const { status, stdout } = await alerts('show', alert.id, '--stack', stack);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: alert.id, status: 'open' });
  });

  it('keeps in the history whom AWS knows the caller as', async () => {
    aws.callerArn = 'arn:aws:sts::123456789012:assumed-role/Security/bob@example.com';
    const { status } = await alerts('close', alert.id, '--reason', 'a trip', '--stack', 'Ringer');
    expect(status).toBe(0);
    const { stdout } = await alerts('show', alert.id, '--stack', 'Ringer');
    expect((JSON.parse(stdout) as { history: unknown[] }).history.at(-1)).toMatchObject({
      what: 'closed',
      who: aws.callerArn,
      why: 'a trip',
    });
  });

  it('ends with 1 where there is no such deployment, and says in which Region', async () => {
    const { status, stderr } = await alerts('list', '--stack', 'RingerStaging');
    expect(status).toBe(1);
    expect(stderr).toContain('eu-central-1 has no deployment or stack RingerStaging');
  });
});
