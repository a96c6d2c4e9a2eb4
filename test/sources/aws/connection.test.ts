import { readEnvironment } from '../../../lib/config/environment.ts';
import { ENVIRONMENT } from '../../../lib/config/names.ts';
import { awsConnection, type AwsConnection } from '../../../lib/sources/aws/connection.ts';

function read(written: string | undefined): AwsConnection {
  const environment = { [ENVIRONMENT.awsConnection]: written };
  return readEnvironment({ connection: awsConnection(ENVIRONMENT.awsConnection) }, environment).connection;
}

it('reads the account and Region it runs in unless others are named', () => {
  expect(read('{"roleName":"RingerReader"}')).toEqual({
    accounts: [],
    regions: [],
    roleName: 'RingerReader',
  });
});

it('reads everything a connection may say, each account and Region once', () => {
  const connection = {
    accounts: ['123456789012', '210987654321'],
    regions: ['eu-central-1', 'us-gov-west-1'],
    roleName: 'RingerReader',
    externalId: 'invented-id',
    trailQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/ringer-trail',
    trailBucket: 'example-trail',
  };
  const repeated = { ...connection, accounts: [...connection.accounts, '123456789012'] };
  expect(read(JSON.stringify(repeated))).toEqual(connection);
});

it.each([
  ['', 'is missing: expected an AWS connection as a JSON object'],
  ['RingerReader', 'is wrong: expected an AWS connection as a JSON object'],
  ['[]', 'is wrong: expected an AWS connection as a JSON object'],
  ['{}', 'is wrong: expected roleName: the name of an IAM role'],
  ['{"roleName":"a/b"}', 'is wrong: expected roleName: the name of an IAM role'],
  ['{"roleName":"a","accounts":"123456789012"}', 'expected accounts: a list of account ids of twelve digits'],
  ['{"roleName":"a","accounts":[123456789012]}', 'expected accounts: a list of account ids of twelve digits'],
  ['{"roleName":"a","regions":["Frankfurt"]}', 'expected regions: a list of Regions such as eu-central-1'],
  ['{"roleName":"a","externalId":""}', 'expected externalId: an external id'],
  ['{"roleName":"a","trailQueueUrl":"ringer-trail"}', 'expected trailQueueUrl: the URL of a queue'],
  ['{"roleName":"a","trailBucket":"s3://a"}', 'expected trailBucket: the name of a bucket'],
])('says what is wrong with %p', (written, problem) => {
  let thrown: unknown;
  try {
    read(written);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'ENVIRONMENT_INVALID' });
  expect(String(thrown)).toContain(`RINGER_AWS_CONNECTION`);
  expect(String(thrown)).toContain(problem);
});
