/** The application `token`: consent given to applications, and taken back. */
import type { OauthConsent, SourceEvent } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { scopesIn } from '../scopes.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, nameOf, type Activity } from './activity.ts';
import { messagesParameter, textParameter, wordsParameter } from './parameters.ts';

export const token = activityFeed('token', ['token'], (name) =>
  name === 'authorize' || name === 'revoke' ? readConsent : undefined,
);

function readConsent(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (activity.actor === undefined) return [];
  const consent = eventBase(activity, part) as Writable<OauthConsent>;
  consent.kind = 'oauth-consent';
  consent.activity = nameOf(event) === 'revoke' ? 'revoke' : 'grant';
  consent.application =
    applicationOf(textParameter(event, 'client_id'), textParameter(event, 'app_name')) ?? {};
  consent.scopes = readScopes(event);
  return [consent];
}

/** The plain list, or where it is missing the detailed one. */
function readScopes(event: RawRecord): readonly string[] {
  const plain = scopesIn(wordsParameter(event, 'scope'));
  if (plain.length > 0) return plain;
  return scopesIn(
    messagesParameter(event, 'scope_data').flatMap((message) => wordsParameter(message, 'scope_name')),
  );
}
