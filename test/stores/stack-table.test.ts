import { openStackTable } from '../../lib/stores/stack-table.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
beforeAll(async () => {
  await aws.start();
  for (const name of [
    'RingerState-Alerts0A1B2C3D-1EXAMPLE2',
    'RingerState-Ledger0A1B2C3D-1EXAMPLE2',
    'RingerState-AlertsArchive-1EXAMPLE2',
    'RingerStateTwo-Alerts0A1B2C3D-1EXAMPLE2',
    'Twice-Alerts0A1B2C3D-1EXAMPLE2',
    'Twice-Alerts0A1B2C3D-2EXAMPLE2',
  ])
    await aws.createTable(name);
});
afterAll(() => aws.stop());

describe('the alerts table of a stack', () => {
  it('is found by the name CloudFormation gave it', async () => {
    expect((await openStackTable('RingerState')).alerts.name).toBe('RingerState-Alerts0A1B2C3D-1EXAMPLE2');
  });

  it('comes with the access key it is read with', async () => {
    expect((await openStackTable('RingerState')).accessKeyId).toBe('test');
  });

  it.each(['Ringer', 'Nothing', 'Twice'])('is not guessed for %s', async (stack) => {
    await expect(openStackTable(stack)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});
