import { prepareDetecting, type DetectingSettings } from '../../lib/pipeline/prepare-detecting.ts';
import { findNotedSettings } from '../../lib/stores/noted-settings.ts';
import { openTable } from '../../lib/stores/table.ts';
import { deployedConfig } from '../support/deployed-config.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
let settings: DetectingSettings;

beforeAll(async () => {
  await aws.start();
  settings = {
    alertsTable: await aws.createTable('alerts'),
    ledgerTable: await aws.createTable('ledger'),
    directoryTable: await aws.createTable('directory'),
    eventsQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/events',
    configPath: deployedConfig(),
    peoplePath: undefined,
    geoDirectory: undefined,
    listsDirectory: undefined,
  };
});
afterAll(() => aws.stop());

it('is of use with the next message when DynamoDB refused with the first', async () => {
  const report = { failed: () => undefined, cannotTell: () => undefined };
  aws.throttles = Array<boolean>(50).fill(true);
  const ready = prepareDetecting(settings, report);
  await expect(ready.then((run) => run())).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  aws.throttles = [];
  const { organization } = await (await ready)();
  expect(organization.peopleCount).toBe(0);
  expect(await findNotedSettings(openTable(settings.directoryTable))).toBeDefined();
});
