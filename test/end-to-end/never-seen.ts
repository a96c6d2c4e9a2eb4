/** Rights that functions have and that no call of a run shows, each with the reason why it is there all the same. */
export const NEVER_SEEN: readonly { readonly of: RegExp; readonly because: string }[] = [
  {
    of: / kms:/,
    because: 'DynamoDB, SQS, SNS and S3 use the key in the name of the function; the twin encrypts nothing.',
  },
  {
    of: / logs:/,
    because: 'Lambda writes the logs in the name of the function; the twin catches what it prints.',
  },
  {
    of: /^(?:notify|evidence) (?:dynamodb:(?:Describe|List)Streams?|dynamodb:Get(?:Records|ShardIterator)|sqs:)/,
    because:
      'Lambda reads the stream, and sends what it gave up to the dead letters, in the name of the function.',
  },
  {
    of: /^detect sqs:(?:ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)$/,
    because: 'Lambda reads the queue in the name of the function.',
  },
  {
    of: /^collect-\w+ events:PutEvents$/,
    because: 'A collector asks to be run again only when ten minutes were not enough for a feed.',
  },
  {
    of: /^detect dynamodb:(?:BatchGetItem|DeleteItem)$/,
    because: 'States larger than an item lie in parts; nobody of the company has one.',
  },
  {
    of: /^sweep dynamodb:UpdateItem$/,
    because: 'The sweep records what it sent in the place of notify, and here nothing was missed.',
  },
  {
    of: /^tick dynamodb:(?:BatchGetItem|PutItem)$/,
    because: 'Alerts are weighed again when an approval is recorded, and here none was.',
  },
];
