/** How bad it is that an application was let in: by what it reaches, what it is, for whom, and by whom. */
import type { Severity } from '../../alerts/severity.ts';
import type { OauthConsent } from '../../events/index.ts';
import { isAllowed } from '../../software/allowed.ts';
import type { Found } from '../../software/finder.ts';
import {
  findRemoteTool,
  REMOTE_TOOLS,
  type RemoteTool,
  type RemoteToolClass,
} from '../../software/remote-tools.ts';
import type { Context, Parameters } from '../contract.ts';
import { hiredLatelyText, TENURE_PARAMETERS } from '../outside/tenure.ts';
import { reachedBy, type Reached } from './scopes.ts';

export const CONSENT_PARAMETERS = {
  newHireDays: TENURE_PARAMETERS.newHireDays,
  colleagues: {
    value: 5,
    why: 'What so many people have let in is no one person’s idea, whether the organization knows of it or not.',
  },
} as const satisfies Parameters;

export type ConsentContext = Context<typeof CONSENT_PARAMETERS>;

/** Networks and tunnels put nobody at the keyboard by themselves, and developers sign in to them every day. */
const LIGHT: ReadonlySet<RemoteToolClass> = new Set(['overlay', 'tunnel', 'builtin']);

/** What an application is let into, and how bad that is. */
export interface Risk extends Reached {
  readonly tool?: RemoteTool;
  readonly severity: Severity;
  /** That others have let it in as well makes it no worse than low; of what puts somebody at a computer it does not. */
  readonly mayBeCommon: boolean;
  /** What makes it worse than such a consent usually is. */
  readonly why: readonly string[];
}

/** Judges a consent; `undefined` when it reaches nothing that matters. */
export function riskOf(event: OauthConsent, context: ConsentContext): Risk | undefined {
  const reached = reachedBy(event.scopes);
  const tool = toolOf(event, reached, context);
  const isForAll = event.forEveryone === true;
  const isUnexpected = isForAll && isNoAdministrator(context);
  if (reached.reach.length === 0 && tool === undefined && !isUnexpected) return undefined;
  const takes = reached.reach.some((each) => each === 'mail' || each === 'files');
  const hired = takes ? hiredLatelyText(context.person, event.time, context.parameters) : undefined;
  const isTool = tool !== undefined && !LIGHT.has(tool.class);
  const isGraveForAll = isUnexpected && reached.reach.length > 0;
  return {
    ...reached,
    ...(tool === undefined ? {} : { tool }),
    severity: isTool || isGraveForAll || hired !== undefined ? 'medium' : 'low',
    mayBeCommon: !isTool,
    why: [
      ...(tool === undefined ? [] : [`${tool.name} lets somebody work on a computer from elsewhere.`]),
      ...(isForAll ? ['The consent speaks for everybody in the organization.'] : []),
      ...(isUnexpected ? ['They are not known as an administrator.'] : []),
      ...(hired === undefined ? [] : [hired]),
    ],
  };
}

/** The catalogue's tool that the application is, by its name or by permissions only that tool asks for; none that is allowed. */
function toolOf(
  event: OauthConsent,
  { reach }: Reached,
  { policy, person }: ConsentContext,
): RemoteTool | undefined {
  const name = event.application.name ?? '';
  const chromoting = REMOTE_TOOLS.find((each) => each.id === 'chrome-remote-desktop');
  const found: Found<RemoteTool> | undefined =
    reach.includes('remote-control') && chromoting !== undefined
      ? { product: chromoting, by: 'bundle-id' }
      : findRemoteTool({ name });
  if (found === undefined || isAllowed(policy.remoteTools, found, { name }, { person }, findRemoteTool))
    return undefined;
  return found.product;
}

/** Whom the roster does not call privileged is not; of others it is not known. */
function isNoAdministrator({ person }: ConsentContext): boolean {
  return person?.privileged === false || (person?.onRoster === true && person.privileged !== true);
}
