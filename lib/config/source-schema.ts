/** `sources` of ringer.yaml: the named connections. */
import * as z from 'zod';
import { credentialReference } from './credentials.ts';
import type { SchemaContext } from './schema.ts';
import { baseUrl, everyMinutes, list, oneOf, section, text, written } from './values.ts';

const name = written('a name of letters, digits, hyphens, dots and underscores, at most 40', (value) =>
  /^[A-Za-z0-9][\w.-]{0,39}$/.test(value) ? value : undefined,
);

const awsAccount = written('an AWS account id of twelve digits', (value) =>
  /^\d{12}$/.test(value) ? value : undefined,
);
const awsRegion = written('an AWS Region such as eu-central-1', (value) =>
  /^[a-z]{2,3}(?:-[a-z]+)+-\d$/.test(value) ? value : undefined,
);

/** Makes the list of connections. Their names tell them apart, whatever the case. */
export function sourceList(feeds: SchemaContext['feeds'], resolvePath: SchemaContext['resolvePath']) {
  const common = (type: keyof NonNullable<SchemaContext['feeds']>) => ({
    name,
    /** Only these; absent: all that the vendor offers without asking. */
    feeds: list(feeds === undefined ? text : oneOf(feeds[type])).exactOptional(),
    every: everyMinutes.exactOptional(),
    credentials: credentialReference(resolvePath).exactOptional(),
  });
  const url = baseUrl.exactOptional();
  const source = z.discriminatedUnion(
    'type',
    [
      section({ type: z.literal('okta'), ...common('okta'), orgUrl: url }),
      section({
        type: z.literal('microsoft'),
        ...common('microsoft'),
        graphUrl: url,
        loginUrl: url,
        manageUrl: url,
      }),
      section({ type: z.literal('google'), ...common('google'), apiUrl: url, tokenUrl: url }),
      section({
        type: z.literal('aws'),
        ...common('aws'),
        accounts: list(awsAccount),
        regions: list(awsRegion),
        roleName: written('the name of an IAM role', (value) =>
          /^[\w+=,.@-]{1,64}$/.test(value) ? value : undefined,
        ).default('RingerReader'),
        externalId: written('an external id of letters, digits and +=,.@:/-', (value) =>
          /^[\w+=,.@:/-]{2,1224}$/.test(value) ? value : undefined,
        ).exactOptional(),
        trailBucket: written('the name of an S3 bucket', (value) =>
          /^[a-z0-9.-]{3,63}$/.test(value) ? value : undefined,
        ).exactOptional(),
      }),
    ],
    { error: ({ code }) => (code === 'invalid_union' ? 'one of okta, microsoft, google, aws' : 'a mapping') },
  );
  return list(source, reportRepeatedNames);
}

function reportRepeatedNames(sources: readonly unknown[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, each] of sources.entries()) {
    const own = (each as { name?: unknown } | null | undefined)?.name;
    if (typeof own !== 'string') continue;
    const key = own.toLowerCase();
    if (seen.has(key)) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'a name no other source has' });
    }
    seen.add(key);
  }
}

/** A connection, as `sources[]` gives it: `every` in minutes. */
export type SourceConnection = z.output<ReturnType<typeof sourceList>>[number];
