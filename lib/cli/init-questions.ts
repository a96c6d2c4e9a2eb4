/** The questions of `ringer init`: each is an option, too, so that nobody has to sit at a terminal. */
import type { VendorId } from '../sources/manifest.ts';
import type { Answers } from './init-answers.ts';

export interface Question {
  /** The option in camel case is the answer's key. */
  readonly key: Exclude<keyof Answers, 'sources'>;
  readonly flags: string;
  readonly asks: string;
  readonly isList?: boolean;
  /** Asked only where this is a source, and then it has to be answered or may be left out. */
  readonly of?: VendorId;
  readonly isRequired?: boolean;
}

export const SOURCES_FLAGS = '--sources <vendor...>';

export const QUESTIONS: readonly Question[] = [
  { key: 'organization', flags: '--organization <name>', asks: 'Name of the organization' },
  {
    key: 'domains',
    flags: '--domains <domain...>',
    asks: 'Its e-mail domains: who is inside',
    isList: true,
  },
  {
    key: 'oktaUrl',
    flags: '--okta-url <url>',
    asks: 'Address of the Okta organization, e.g. https://example.okta.com',
    of: 'okta',
    isRequired: true,
  },
  {
    key: 'awsAccounts',
    flags: '--aws-accounts <id...>',
    asks: 'AWS accounts to read (none: the one Ringer runs in)',
    isList: true,
    of: 'aws',
  },
  {
    key: 'awsRegions',
    flags: '--aws-regions <region...>',
    asks: 'AWS Regions to read (none: the one Ringer runs in)',
    isList: true,
    of: 'aws',
  },
  {
    key: 'trailBucket',
    flags: '--trail-bucket <name>',
    asks: 'Bucket of an organization trail, if there is one',
    of: 'aws',
  },
  {
    key: 'people',
    flags: '--people <file>',
    asks: 'CSV file of people and where they work, from the folder of ringer.yaml',
  },
  {
    key: 'workCountries',
    flags: '--work-countries <country...>',
    asks: 'Countries people work in, as codes or names',
    isList: true,
  },
  { key: 'emails', flags: '--emails <address...>', asks: 'E-mail addresses that get alerts', isList: true },
  {
    key: 'slack',
    flags: '--slack <workspace/channel...>',
    asks: 'Slack channels that get alerts, by ids: T0EXAMPLE/C0EXAMPLE',
    isList: true,
  },
];
