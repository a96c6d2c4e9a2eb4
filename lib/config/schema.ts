/**
 * The schema of ringer.yaml: one for the CDK app, the functions and the command line. What it gives is read already:
 * countries are codes, dates are instants, paths are absolute.
 */
import * as z from 'zod';
import { detectionsSection, type CatalogueEntry } from './detection-settings.ts';
import { policySection, approval } from './policy-schema.ts';
import { sourceList } from './source-schema.ts';
import {
  baseUrl,
  domain,
  email,
  list,
  oneOf,
  section,
  severity,
  text,
  wholeNumber,
  written,
} from './values.ts';

/** What the schema cannot know by itself. */
export interface SchemaContext {
  /** The detections there are. Without it, as in the CDK app, `detections` is not checked against them. */
  readonly catalogue?: readonly CatalogueEntry[];
  /** The feeds of each type of source. Without it, `sources[].feeds` are not checked. */
  readonly feeds?: Readonly<Record<'okta' | 'microsoft' | 'google' | 'aws', readonly string[]>>;
  /** Makes a path of ringer.yaml absolute. */
  readonly resolvePath: (path: string) => string;
}

const HUNDRED_YEARS_DAYS = 36_500;
const days = (byDefault: number) => wholeNumber(1, HUNDRED_YEARS_DAYS).default(byDefault);

const organization = section({
  name: text.optional(),
  domains: list(domain),
  partnerDomains: list(domain),
});

const minimumSeverity = severity.default('medium');
/** `minimal` names nobody: for channels that people in question may read. */
const detail = oneOf(['full', 'minimal']).default('full');
const channel = z.discriminatedUnion(
  'type',
  [
    section({ type: z.literal('email'), to: email, minimumSeverity, detail }),
    section({
      type: z.literal('slack'),
      workspaceId: written('a Slack workspace id such as T0123ABCD', slackId('T')),
      channelId: written('a Slack channel id such as C0123ABCD', slackId('[CG]')),
      minimumSeverity,
      detail,
    }),
    section({ type: z.literal('webhook'), url: baseUrl, minimumSeverity, detail }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? 'one of email, slack, webhook' : 'a mapping') },
);

const retention = section({
  evidenceDays: days(400),
  evidenceLock: oneOf(['governance', 'compliance']).default('governance'),
  recordDays: days(90),
  eventDays: days(400),
});

/** Makes the schema for a caller. */
export function configSchema({ catalogue, feeds, resolvePath }: SchemaContext) {
  const path = written('the path of a file', (value) => (value === '' ? undefined : resolvePath(value)));
  return section({
    schemaVersion: z.literal(1, { error: '1' }).default(1),
    organization: withDefaults(organization),
    sources: sourceList(feeds, resolvePath),
    people: path.nullish().transform((value) => value ?? undefined),
    policy: withDefaults(policySection),
    approvals: list(approval),
    detections: detectionsSection(catalogue),
    alerts: withDefaults(section({ channels: list(channel) })),
    retention: withDefaults(retention),
  });
}

/** ringer.yaml, read. */
export type RingerConfig = z.output<ReturnType<typeof configSchema>>;
/** Where alerts are sent, and from which severity on. */
export type Channel = RingerConfig['alerts']['channels'][number];

/** A section that is missing, or is there with nothing in it, has its defaults. */
function withDefaults<S extends z.ZodType>(of: S) {
  return of.nullish().transform((value): z.output<S> => value ?? of.parse({}));
}

function slackId(initial: string): (value: string) => string | undefined {
  const shape = new RegExp(`^${initial}[A-Z0-9]{7,14}$`);
  return (value) => (shape.test(value) ? value : undefined);
}
