/** The application `token`: consent given to applications, and taken back. */
import type { Application, OauthConsent, SourceEvent } from '../../core/events/index.ts';
import type { RawRecord } from '../source.ts';
import { activityFeed, eventBase, type Activity } from './activity.ts';
import { messagesParameter, textParameter, textsParameter } from './parameters.ts';
import type { Writable } from '../writable.ts';

/** No consent screen lists more. */
const SCOPES_LIMIT = 100;

export const token = activityFeed('token', ['token'], (name) =>
  name === 'authorize' || name === 'revoke' ? readConsent : undefined,
);

function readConsent(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (activity.actor === undefined) return [];
  const consent = eventBase(activity, part) as Writable<OauthConsent>;
  consent.kind = 'oauth-consent';
  consent.activity = event['name'] === 'revoke' ? 'revoke' : 'grant';
  const application: Writable<Application> = {};
  const uid = textParameter(event, 'client_id');
  if (uid !== undefined) application.uid = uid;
  const name = textParameter(event, 'app_name');
  if (name !== undefined) application.name = name;
  consent.application = application;
  consent.scopes = readScopes(event);
  return [consent];
}

/** The plain list, or where it is missing the detailed one. */
function readScopes(event: RawRecord): readonly string[] {
  const plain = textsParameter(event, 'scope');
  const scopes =
    plain.length > 0
      ? plain
      : messagesParameter(event, 'scope_data').flatMap((message) => textsParameter(message, 'scope_name'));
  return scopes.slice(0, SCOPES_LIMIT);
}
