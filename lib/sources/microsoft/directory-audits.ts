/** Graph's directory audits: changes to accounts, factors, roles, consents, secrets and policies. */
import type { Actor } from '../../core/events/index.ts';
import { expected } from '../damage.ts';
import { endpointOf } from '../endpoints.ts';
import { has, idAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { timeAt } from '../times.ts';
import { gatherChanges } from './audit-properties.ts';
import type { DirectoryTarget, Property } from './directory-change.ts';
import { eventsOfChange } from './directory-events.ts';
import { directoryMeaning } from './directory-operations.ts';
import { personOf, programOf } from './principals.ts';

const SOURCE = 'entra';
const FEED = 'directoryAudits';
const CHANGE_KEYS = { name: 'displayName', before: 'oldValue', after: 'newValue' } as const;

export const directoryAudits: Feed = { source: SOURCE, id: FEED, recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  if (has(record, 'activityDisplayName'))
    return has(record, 'activityDateTime') || has(record, 'initiatedBy');
  return has(record, 'loggedByService') && has(record, 'initiatedBy');
}

function normalize(record: RawRecord): Normalized {
  const operation = textAt(record, 'activityDisplayName');
  if (operation === undefined)
    return expected('activityDisplayName', 'a text', record['activityDisplayName']);
  const meaning = directoryMeaning(operation);
  if (meaning === undefined) return IRRELEVANT;

  const time = timeAt(record, 'activityDateTime');
  const resources = objectsAt(record, 'targetResources');
  const properties = new Map<string, Property>();
  for (const resource of resources)
    gatherChanges(properties, objectsAt(resource, 'modifiedProperties'), CHANGE_KEYS);
  const details = detailsOf(record);
  const actor = actorOf(objectAt(record, 'initiatedBy'));
  const srcEndpoint = endpointOf(textAt(objectAt(objectAt(record, 'initiatedBy'), 'user'), 'ipAddress'));
  const userAgent = details.get('User-Agent');
  const factor = factorIn(textAt(record, 'resultReason'));
  const made = eventsOfChange(
    {
      time: time ?? 0,
      source: SOURCE,
      feed: FEED,
      uid: recordId(record, 'id'),
      operation,
      success: (textAt(record, 'result') ?? 'success').toLowerCase() === 'success',
      ...(actor !== undefined && { actor }),
      ...(srcEndpoint !== undefined && { srcEndpoint }),
      ...(userAgent !== undefined && { userAgent }),
      targets: resources.map(targetOf),
      properties,
      details,
      ...(factor !== undefined && { factor }),
    },
    meaning,
  );
  if (made.length > 0 && time === undefined)
    return expected('activityDateTime', 'a time', record['activityDateTime']);
  return events(made);
}

/** The display name beside a person is sometimes that of the service that wrote the record; it is not read. */
function actorOf(initiator: RawRecord | undefined): Actor | undefined {
  const user = objectAt(initiator, 'user');
  const app = objectAt(initiator, 'app');
  return (
    personOf({ userName: textAt(user, 'userPrincipalName'), uid: idAt(user, 'id') }) ??
    programOf(
      idAt(app, 'servicePrincipalId') ?? idAt(app, 'appId') ?? textAt(app, 'displayName'),
      textAt(app, 'displayName'),
    )
  );
}

function targetOf(resource: RawRecord): DirectoryTarget {
  const type = textAt(resource, 'type') ?? textAt(resource, 'Type') ?? textAt(resource, '@odata.type');
  const is = has(resource, 'userPrincipalName') && type === undefined ? 'user' : kindOf(type);
  const uid = idAt(resource, 'id');
  const name = textAt(resource, 'displayName');
  const user =
    is === 'user' ? personOf({ userName: textAt(resource, 'userPrincipalName'), uid, name }) : undefined;
  return {
    is,
    ...(uid !== undefined && { uid }),
    ...(name !== undefined && { name }),
    ...(user !== undefined && { user }),
  };
}

function detailsOf(record: RawRecord): ReadonlyMap<string, string> {
  const details = new Map<string, string>();
  for (const detail of objectsAt(record, 'additionalDetails')) {
    const key = textAt(detail, 'key');
    const value = textAt(detail, 'value');
    if (key !== undefined && value !== undefined && !details.has(key)) details.set(key, value);
  }
  return details;
}

/** `User`, or `#microsoft.graph.targetResourceUser` as some answers spell it. */
function kindOf(type: string | undefined): DirectoryTarget['is'] {
  const word = type?.toLowerCase() ?? '';
  if (word.endsWith('user')) return 'user';
  if (word.endsWith('serviceprincipal') || word.endsWith('application')) return 'service';
  if (word.endsWith('device')) return 'device';
  return word.endsWith('role') ? 'role' : 'other';
}

/** `User registered Authenticator App with Notification and Code` names the factor. */
function factorIn(reason: string | undefined): string | undefined {
  return /^(?:user|admin) (?:registered|deleted) (?!security info)(.+?)(?: method)?\.?$/i.exec(
    reason ?? '',
  )?.[1];
}
