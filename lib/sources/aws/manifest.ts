/** What the AWS feeds are, need and cannot see. */
import type { Manifest } from '../manifest.ts';

export const awsManifest: Manifest = {
  vendor: 'aws',
  title: 'AWS',
  sources: ['aws', 'ssm'],
  feeds: [
    {
      source: 'aws',
      id: 'cloudtrail',
      title: 'CloudTrail event history',
      gives: ['authentication', 'account-change', 'api-activity'],
      reads: 'events',
      defaultEvery: '5 minutes',
      overlapMinutes: 30,
      keepsDays: 90,
      permissions: ['sts:AssumeRole', 'cloudtrail:LookupEvents'],
    },
    {
      source: 'aws',
      id: 'cloudtrail-trail',
      title: 'CloudTrail organization trail in S3',
      gives: ['authentication', 'account-change', 'api-activity', 'file-hosting-activity'],
      reads: 'events',
      defaultEvery: '5 minutes',
      overlapMinutes: 0,
      permissions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 's3:GetObject', 'kms:Decrypt'],
      licence:
        'A trail that delivers to a bucket; data events of S3 are recorded, and billed, only where it asks for them.',
      optional: true,
    },
    {
      source: 'ssm',
      id: 'inventory',
      title: 'Systems Manager inventory',
      gives: ['software-inventory-info', 'device-inventory-info', 'peripheral-inventory-info'],
      reads: 'listing',
      defaultEvery: '1 day',
      overlapMinutes: 0,
      permissions: ['sts:AssumeRole', 'ssm:GetInventory', 'ssm:ListInventoryEntries'],
    },
  ],
  cannotSee: [
    'Objects read from S3: event history has no data events; only a trail that records them does.',
    'More than a hundred calls a second in one account and Region: event history gives no more; a trail does.',
    'Who signed in at the identity provider behind SAML, beyond the session name the provider chose.',
    'Where an address is: CloudTrail gives neither place nor network.',
    'Software on laptops, unless they are registered with Systems Manager as hybrid nodes.',
    'What is plugged into a computer, unless a custom inventory collects it; those are read from exports, not asked for.',
    'Other accounts and Regions than those the role is assumed in.',
  ],
};
