/** Who signed in: a person at a keyboard, a program on a person's behalf, or a program of its own. */
import type { Actor } from '../../core/events/index.ts';
import { booleanAt, idAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { personOf, programOf } from './principals.ts';

/** Protocols in which a program sends a saved password: nobody is at a keyboard, whatever `isInteractive` says. */
const SAVED_PASSWORD_CLIENTS: ReadonlySet<string> = new Set([
  'Authenticated SMTP',
  'AutoDiscover',
  'Autodiscover',
  'Exchange ActiveSync',
  'Exchange Online PowerShell',
  'Exchange Web Services',
  'IMAP',
  'Other clients',
  'IMAP4',
  'MAPI Over HTTP',
  'MAPI over HTTP',
  'Offline Address Book',
  'Outlook Anywhere (RPC over HTTP)',
  'Outlook Service',
  'POP',
  'POP3',
  'Reporting Web Services',
  'SMTP',
  'Universal Outlook',
]);

/** Gives who signed in, or `undefined` when the record names nobody. */
export function signInActor(record: RawRecord): Actor | undefined {
  const program = isProgram(record);
  const person = program
    ? undefined
    : personOf({
        userName: textAt(record, 'userPrincipalName'),
        uid: idAt(record, 'userId'),
        name: textAt(record, 'userDisplayName'),
      });
  if (person !== undefined) return person;
  return programOf(
    idAt(record, 'servicePrincipalId') ?? (program ? idAt(record, 'appId') : undefined),
    textAt(record, 'servicePrincipalName') ?? textAt(record, 'appDisplayName'),
  );
}

/** Tells whether a person was at a keyboard. v1.0 returns interactive sign-ins only and need not say so. */
export function wasAtKeyboard(record: RawRecord, actor: Actor): boolean {
  if (actor.type === 'service' || record['authenticationProtocol'] === 'ropc') return false;
  if (SAVED_PASSWORD_CLIENTS.has(textAt(record, 'clientAppUsed') ?? '')) return false;
  const interactive = booleanAt(record, 'isInteractive');
  if (interactive !== undefined) return interactive;
  const types = record['signInEventTypes'];
  return !Array.isArray(types) || types.length === 0 || types.includes('interactiveUser');
}

/** An empty `servicePrincipalId` stands in people's sign-ins too; only the event types say that a program signed in. */
function isProgram(record: RawRecord): boolean {
  const types = record['signInEventTypes'];
  return Array.isArray(types) && (types.includes('servicePrincipal') || types.includes('managedIdentity'));
}
