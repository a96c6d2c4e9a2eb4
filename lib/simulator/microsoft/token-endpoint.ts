/** The sign-in service of the fake tenant: who may have a token, and for what. */
import { SECOND_MS } from '../../core/time.ts';
import { verifyAssertion, type AccessTokens, type TokenAnswer } from '../access-tokens.ts';

/** The application that may read the tenant. */
export interface FakeApp {
  readonly tenantId: string;
  readonly clientId: string;
  /** What proves it: either of them. */
  readonly clientSecret?: string;
  /** PEM. Assertions have to be signed by its key. */
  readonly certificate?: string;
}

export const SCOPES = {
  graph: 'https://graph.microsoft.com/.default',
  manage: 'https://manage.office.com/.default',
} as const;

/** Answers a request for a token. */
export async function answerTokenRequest(
  form: URLSearchParams,
  app: FakeApp,
  tokens: AccessTokens,
): Promise<TokenAnswer> {
  if (form.get('client_id') !== app.clientId)
    return refusal(400, 'unauthorized_client', 700_016, 'Application was not found in the directory.');
  if (!(await isProven(form, app)))
    return refusal(401, 'invalid_client', 7_000_215, 'Invalid client secret provided.');
  const scope = form.get('scope') ?? '';
  return scope === SCOPES.graph || scope === SCOPES.manage
    ? tokens.give(scope)
    : refusal(400, 'invalid_scope', 70_011, 'The scope is not valid.');
}

async function isProven(form: URLSearchParams, app: FakeApp): Promise<boolean> {
  const assertion = form.get('client_assertion');
  if (assertion === null || app.certificate === undefined)
    return app.clientSecret !== undefined && form.get('client_secret') === app.clientSecret;
  const verified = await verifyAssertion(assertion, app.certificate, {
    issuer: app.clientId,
    audience: `https://login.microsoftonline.com/${app.tenantId}/oauth2/v2.0/token`,
    // MSAL signs by the clock of the machine, whatever time it is in the tenant, rounded to the nearest second.
    now: Date.now() + SECOND_MS,
  });
  return 'claims' in verified;
}

function refusal(status: number, error: string, code: number, description: string): TokenAnswer {
  const said = `AADSTS${code}: ${description} Trace ID: invented`;
  return { status, body: { error, error_description: said, error_codes: [code] } };
}
