/** What `ringer init` asks, and the configuration that the answers make. */
import { configSchema } from '../config/schema.ts';
import { problemsOf } from '../config/problems.ts';
import type { VendorId } from '../sources/manifest.ts';
import { QUESTIONS } from './init-questions.ts';

export interface Answers {
  readonly organization?: string;
  readonly domains: readonly string[];
  readonly sources: readonly VendorId[];
  readonly oktaUrl?: string;
  readonly awsAccounts: readonly string[];
  readonly awsRegions: readonly string[];
  readonly trailBucket?: string;
  /** Path from the folder of ringer.yaml. */
  readonly people?: string;
  readonly workCountries: readonly string[];
  readonly emails: readonly string[];
  /** `WORKSPACE/CHANNEL`, by their ids. */
  readonly slack: readonly string[];
}

export const NO_ANSWERS: Answers = {
  domains: [],
  sources: [],
  awsAccounts: [],
  awsRegions: [],
  workCountries: [],
  emails: [],
  slack: [],
};

/** The sections of ringer.yaml, as they are written: what was not answered is not there. */
export interface WrittenConfig {
  readonly schemaVersion: 1;
  readonly organization?: object;
  readonly sources?: readonly object[];
  readonly people?: string;
  readonly policy?: object;
  readonly alerts?: object;
}

/**
 * Makes the configuration.
 *
 * @param externalId - which roles in other accounts ask Ringer for
 */
export function configOfAnswers(answers: Answers, externalId: string): WrittenConfig {
  const { organization: name, domains, people, workCountries, emails, slack } = answers;
  const sources = answers.sources.map((vendor) => sourceOf(vendor, answers, externalId));
  const channels = [
    ...emails.map((to) => ({ type: 'email', to, minimumSeverity: 'medium' })),
    ...slack.map((each) => ({ type: 'slack', ...slackIds(each), minimumSeverity: 'medium' })),
  ];
  return {
    schemaVersion: 1,
    ...(name === undefined && domains.length === 0
      ? {}
      : { organization: { ...(name === undefined ? {} : { name }), domains } }),
    ...(sources.length === 0 ? {} : { sources }),
    ...(people === undefined ? {} : { people }),
    ...(workCountries.length === 0 ? {} : { policy: { workCountries } }),
    ...(channels.length === 0 ? {} : { alerts: { channels } }),
  };
}

/** Says what is wrong with the answers, one sentence each, as reading the file would. */
export function problemsWith(answers: Answers, externalId: string): readonly string[] {
  const config = configOfAnswers(answers, externalId);
  const result = configSchema({ resolvePath: (path) => path }).safeParse(config);
  const problems = problemsOf(result.error?.issues ?? [], config, () => 0).map(({ message }) => message);
  for (const { key, of, isRequired, flags, asks } of QUESTIONS) {
    if (isRequired !== true || answers[key] !== undefined) continue;
    if (of === undefined || answers.sources.includes(of)) problems.push(`${flags} is missing: ${asks}`);
  }
  return problems;
}

/** Says which answers are about a source that is not to be read, one sentence each: the file would not have them. */
export function answersInVain(answers: Answers): readonly string[] {
  return QUESTIONS.flatMap(({ key, of, flags }) =>
    of === undefined || answers.sources.includes(of) || (answers[key] ?? '').length === 0
      ? []
      : [`${flags} is about ${of}, which is no source: --sources ${of}`],
  );
}

function sourceOf(vendor: VendorId, answers: Answers, externalId: string): object {
  const { oktaUrl, awsAccounts, awsRegions, trailBucket } = answers;
  const common = { name: vendor, type: vendor };
  switch (vendor) {
    case 'okta':
      return { ...common, ...(oktaUrl === undefined ? {} : { orgUrl: oktaUrl }) };
    case 'aws':
      return {
        ...common,
        ...(awsAccounts.length === 0 ? {} : { accounts: awsAccounts }),
        ...(awsRegions.length === 0 ? {} : { regions: awsRegions }),
        externalId,
        ...(trailBucket === undefined ? {} : { trailBucket }),
      };
    case 'microsoft':
    case 'google':
      return common;
  }
}

function slackIds(written: string): object {
  const [workspaceId = '', channelId = ''] = written.split('/', 2);
  return { workspaceId, channelId };
}
