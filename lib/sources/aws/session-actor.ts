/** Who stands behind an assumed role: a person who signed in through a provider, or a program. */
import type { Actor } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import { booleanAt, has, idAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { isByService } from './identity.ts';

/** The shape of a login: `ana`, `ana.silva`, `a_silva2`. Names with hyphens are those of functions and stacks. */
const LOGIN = /^[A-Za-z][a-z]*(?:[._][A-Za-z][a-z]*)*\d{0,3}$/;

/** Words of session names that programs choose. */
const PROGRAMS: ReadonlySet<string> = new Set(
  'session terraform jenkins lambda github gitlab deploy build ci pipeline runner default service system bot aws'.split(
    ' ',
  ),
);

const BETWEEN_WORDS = /[._\d]+/;

/** Programs that run on AWS say so: `exec-env/AWS_Lambda_nodejs22.x`, `exec-env/AWS_ECS_FARGATE`. */
const RUNS_ON_AWS = /exec-env\/AWS_(?:Lambda|ECS)/;

/** Browsers, and the console's own programs that act for one. */
const BROWSER = /^\[?(?:Mozilla|S3Console)\//;

/** Providers of web identities at which people sign in; the others are clusters and build servers. */
const PEOPLES_PROVIDERS: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
]);

/**
 * Reads the session of an assumed role.
 *
 * A person when the session name is an address, the role is one of Identity Center's, the provider is one for people,
 * the call came from a browser, or the name has the shape of a login and nothing speaks for a program.
 */
export function sessionActor(record: RawRecord, identity: RawRecord): Actor | undefined {
  const arn = idAt(identity, 'arn');
  const principal = idAt(identity, 'principalId');
  const [, role, session = afterColon(principal)] = arn?.split('/') ?? [];
  const context = objectAt(identity, 'sessionContext');
  const accountUid = arn ?? principal;
  if (accountUid === undefined) return undefined;
  const address = emailOf(session) ?? emailOf(textAt(context, 'sourceIdentity'));
  const byPerson =
    !isByService(identity) && (address !== undefined || isPersons(record, context, role, session));
  return {
    type: byPerson ? 'user' : 'service',
    ...(address === undefined ? {} : { address }),
    accountUid,
    ...(session === undefined || session === '' ? {} : { sessionName: session }),
  };
}

function isPersons(
  record: RawRecord,
  context: RawRecord | undefined,
  role: string | undefined,
  session: string | undefined,
): boolean {
  const roleName = role ?? textAt(objectAt(context, 'sessionIssuer'), 'userName');
  if (roleName?.startsWith('AWSReservedSSO_') === true) return true;
  const provider = textAt(objectAt(context, 'webIdFederationData'), 'federatedProvider');
  if (provider !== undefined) return PEOPLES_PROVIDERS.has(provider) || provider.includes(':saml-provider/');
  if (isInBrowser(record)) return true;
  if (roleName?.startsWith('AWSServiceRoleFor') === true) return false;
  if (context !== undefined && has(context, 'ec2RoleDelivery')) return false;
  if (RUNS_ON_AWS.test(textAt(record, 'userAgent') ?? '')) return false;
  return session !== undefined && isLogin(session);
}

/** Programs have no use for the console. */
function isInBrowser(record: RawRecord): boolean {
  return (
    booleanAt(record, 'sessionCredentialFromConsole') === true ||
    textAt(record, 'eventName') === 'ConsoleLogin' ||
    BROWSER.test(textAt(record, 'userAgent') ?? '')
  );
}

function isLogin(session: string): boolean {
  return (
    LOGIN.test(session) &&
    !session
      .toLowerCase()
      .split(BETWEEN_WORDS)
      .some((word) => PROGRAMS.has(word))
  );
}

function afterColon(principal: string | undefined): string | undefined {
  const colon = principal?.indexOf(':') ?? -1;
  return colon < 0 ? undefined : principal?.slice(colon + 1);
}
