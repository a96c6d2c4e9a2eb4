/** Writes a ringer.yaml for people to go on with. */
import { stringify } from 'yaml';
import type { WrittenConfig } from './init-answers.ts';

const HEAD = `# What Ringer reads, what is allowed and who is told. Written by \`ringer init\`; every key there is, with an example,
# stands in ringer.example.yaml. The CDK app, the functions and the command line all read this file.`;

/** What is said above each section, and what stands there when it was not answered. */
const SECTIONS: readonly {
  readonly key: Exclude<keyof WrittenConfig, 'schemaVersion'>;
  readonly says: string;
  readonly example: string;
}[] = [
  {
    key: 'organization',
    says: 'Who is inside. Others are external: they are watched, but never part of the composite detection.',
    example: 'organization:\n  name: Example\n  domains: [example.com]',
  },
  {
    key: 'sources',
    says:
      'Named connections. Credentials are never here: each has a secret in AWS, which `ringer connect NAME` fills.\n' +
      '`ringer sources show okta` lists the feeds and what they need.',
    example: 'sources:\n  - name: okta\n    type: okta\n    orgUrl: https://example.okta.com',
  },
  {
    key: 'people',
    says:
      'A CSV file: email,name,aliases,department,employment,manager,hired,ends,workCountry,workRegion,workCity,timeZone,\n' +
      'privileged. Only `email` is required. Without it, nothing is compared with where people are said to work.',
    example: 'people: people.csv',
  },
  {
    key: 'policy',
    says: 'What is allowed. Countries are ISO 3166 codes or names. List your own offices and VPNs under `egress`.',
    example: 'policy:\n  workCountries: [US, Germany]',
  },
  {
    key: 'alerts',
    says:
      'Each channel gets alerts from its minimum severity on. `detail: minimal` names nobody: for channels that people in\n' +
      'question may read. `ringer connect CHANNEL` fills the webhook of a Slack channel.',
    example: 'alerts:\n  channels:\n    - type: email\n      to: security@example.com',
  },
];

/** Gives the text. Read again, it is the configuration that was given. */
export function yamlOf(config: WrittenConfig): string {
  const sections = SECTIONS.map(({ key, says, example }) => {
    const value = config[key];
    const text = value === undefined ? commented(example) : yaml({ [key]: value });
    return `${commented(says)}\n${text}`;
  });
  return `${[`${HEAD}\n${yaml({ schemaVersion: config.schemaVersion })}`, ...sections].join('\n\n')}\n`;
}

function commented(text: string): string {
  return text.replace(/^/gm, '# ');
}

function yaml(value: object): string {
  // A name of several lines stays readable as a quoted one, and no line is folded.
  return stringify(value, { lineWidth: 0, blockQuote: false, version: '1.2' }).trimEnd();
}
