/**
 * Risky consent: an application is let into somebody's mail, all their files, the directory or their computer. Whoever
 * runs it needs neither password nor second factor from then on.
 */
import type { AlertObject } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import { quoted } from '../alerts/quoted.ts';
import type { OauthConsent } from '../events/index.ts';
import { hash32 } from '../hash.ts';
import { ORGANIZATION } from '../people/subject.ts';
import { covers, sameName } from '../policy.ts';
import { dayNumberOf } from '../time.ts';
import {
  commonApplication,
  foldNoted,
  judgeApplications,
  type Applications,
} from './consent/common-application.ts';
import { CONSENT_PARAMETERS, riskOf, type ConsentContext, type Risk } from './consent/risk.ts';
import type { Reach } from './consent/scopes.ts';
import type { Detection, Finding, Verdict } from './contract.ts';
import { isOurs } from './outside/addresses.ts';
import { listed } from './outside/opened.ts';
import { isProgram } from './outside/programs.ts';

interface State {
  /** Of a person: the day each consent was first seen, by its number. */
  readonly granted: Record<string, number>;
  /** Of the organization. */
  applications?: Applications;
}

const NAME_LENGTH = 80;
const GRANTED_KEPT = 200;

const REACH_TEXT: Readonly<Record<Reach, readonly [own: string, everybodys: string]>> = {
  mail: ['their mail', 'everybody’s mail'],
  files: ['all their files', 'everybody’s files'],
  directory: ['the directory', 'the directory'],
  'remote-control': ['their computer', 'everybody’s computers'],
};

export const riskyOauthGrant: Detection<
  'oauth-consent' | 'sighting' | 'tick',
  State,
  typeof CONSENT_PARAMETERS
> = {
  id: 'risky-oauth-grant',
  title: 'Risky consent to an application',
  family: 'negligence',
  severity: 'low',
  attack: ['T1528', 'T1550.001'],
  watches: ['oauth-consent', 'sighting', 'tick'],
  subjects: ['person', 'account', 'organization'],
  alertPer: 'day',
  contributes: {
    weight: 8,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'A software approval for the application, or its name under policy.software.',
  },
  parameters: CONSENT_PARAMETERS,
  state: { version: 1, empty: () => ({ granted: {} }), keepDays: 400 },
  needs: [],
  blindSpots: [
    'Consent given before Ringer read the logs, and what the application has done with it since, stay unseen.',
    'A password or an application password typed into another program is no consent.',
    'Whose application it is the record seldom says: names are chosen by whoever registered it.',
    'Consent that an administrator allowed in advance for everybody writes no record when it is used.',
  ],
  falsePositives: [
    'A mail client or a calendar on the person’s own telephone.',
    'A well-known tool that asks for more than it needs.',
    'An administrator who introduces a tool for everybody.',
    'A support team that signs in to its own remote-support tool.',
  ],
  triage: [
    'Ask the person whether they let it in knowingly, and what for.',
    'See who publishes it, whether the publisher is verified, and who else here uses it.',
    'If nobody needs it, revoke the consent: a new password alone does not end it.',
    'Let only administrators consent to permissions that reach mail and files.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1528/',
    'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-consent-requests',
    'https://support.google.com/a/answer/7281227',
  ],
  expectedPerMonthPer1000People: 60,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'oauth-consent':
        return onConsent(event, state, context);
      case 'sighting':
        return context.subject.kind === 'organization'
          ? foldNoted(event, state, 'risky-oauth-grant')
          : { outcome: 'not-applicable' };
      case 'tick':
        return judgeApplications(state, context.parameters.colleagues);
    }
  },
};

function onConsent(event: OauthConsent, state: State, context: ConsentContext): Verdict<State> {
  // A program that gives consent carries out what somebody set up; one that the policy names may have it.
  if (event.activity !== 'grant' || isProgram(event, context.policy) || !isOurs(context))
    return { outcome: 'not-applicable' };
  const { uid, name } = event.application;
  const id = (uid ?? name)?.toLowerCase();
  if (id === undefined)
    return { outcome: 'cannot-tell', because: 'the record does not name the application' };
  const risk = riskOf(event, context);
  if (risk === undefined) {
    return event.scopes.length === 0 && event.forEveryone !== true
      ? { outcome: 'cannot-tell', because: 'the record does not say what the application may do' }
      : { outcome: 'clear', state };
  }
  if (isListed(event, context) || isOld(event, id, risk, state)) return { outcome: 'clear', state };
  const object: AlertObject = { kind: 'application', id, name: quoted(name ?? id, NAME_LENGTH) };
  return {
    outcome: 'finding',
    state,
    findings: [findingOf(event, object, risk)],
    sightings: [
      {
        to: ORGANIZATION,
        what: { type: 'noted', detection: 'risky-oauth-grant', object: id, name: object.name ?? id },
      },
    ],
  };
}

function isListed({ application: { uid, name } }: OauthConsent, { policy, person }: ConsentContext): boolean {
  return policy.software.some(
    (entry) =>
      [uid, name].some((each) => each !== undefined && sameName(each, entry.name)) &&
      covers(entry.for, { person }),
  );
}

/** Mobile mail clients ask again with every sign-in; the first day of the same access says it all. */
function isOld(event: OauthConsent, id: string, { reach }: Risk, state: State): boolean {
  const key = `c${hash32(`${id} ${reach.join()} ${event.forEveryone === true}`)}`;
  const today = dayNumberOf(event.time);
  const first = state.granted[key];
  if (first !== undefined) return first < today;
  state.granted[key] = today;
  const entries = Object.entries(state.granted);
  if (entries.length > GRANTED_KEPT) {
    const [oldest] = entries.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
    if (oldest !== undefined) delete state.granted[oldest[0]];
  }
  return false;
}

function findingOf(event: OauthConsent, object: AlertObject, risk: Risk): Finding {
  const { severity, reach, scopes, lasting, tool, mayBeCommon, why } = risk;
  const name = object.name ?? object.id;
  const whose = event.forEveryone === true ? 1 : 0;
  const reached = listed(reach.map((each) => REACH_TEXT[each][whose]));
  const may = scopes.map((scope) => quoted(scope, NAME_LENGTH)).join(', ');
  return {
    severity,
    confidence: tool === undefined ? 'medium' : 'high',
    object,
    summary:
      reached === ''
        ? `Let ${name} in${tool === undefined ? ' for everybody' : ', a remote-access tool'}.`
        : `Let ${name}${tool === undefined ? '' : ', a remote-access tool,'} into ${reached}.`,
    why: [
      ...why,
      ...(may === '' ? [] : [`It may from now on: ${may}.`]),
      ...(lasting ? ['It keeps the access while they are away (offline_access).'] : []),
    ],
    next:
      tool === undefined
        ? []
        : [`See whether ${tool.name} is on any of their computers, and who has used it.`],
    evidence: [evidenceOf(event, `consent to ${name}${may === '' ? '' : ` (${quoted(may, NAME_LENGTH)})`}`)],
    conditions:
      severity === 'medium' && mayBeCommon
        ? [{ conclusion: commonApplication(object.id), then: { atMost: 'low' }, awaited: true }]
        : [],
    approvable: {
      kind: tool === undefined ? 'software' : 'tool',
      names: [object.id, name, ...(tool === undefined ? [] : [tool.id, tool.name])],
    },
  };
}
