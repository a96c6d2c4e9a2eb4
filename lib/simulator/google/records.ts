/** Records as Google writes them, about people who do not exist. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

/** Something that was done, with what Google says of it. */
export interface ActivityEvent {
  readonly type: string;
  readonly name: string;
  readonly parameters?: readonly RawRecord[];
}

export interface Activity {
  readonly application: string;
  readonly time: EpochMs;
  /** Tells activities of the same time apart; digits. */
  readonly qualifier: string;
  readonly email: string;
  readonly ip: string;
  /** What one action did: often more than one event. */
  readonly events: readonly ActivityEvent[];
}

/** Makes the record of an activity. */
export function activity({ application, time, qualifier, email, ip, events }: Activity): RawRecord {
  return {
    kind: 'admin#reports#activity',
    id: {
      time: isoTime(time),
      uniqueQualifier: qualifier,
      applicationName: application,
      customerId: 'C00example',
    },
    etag: '"fake"',
    actor: { callerType: 'USER', email, profileId: '100000000000000000001' },
    ipAddress: ip,
    events,
  };
}

/** Makes the record of a sign-in with a password and a prompt on the phone. */
export function signIn(who: Omit<Activity, 'application' | 'events'>): RawRecord {
  return activity({
    ...who,
    application: 'login',
    events: [
      {
        type: 'login',
        name: 'login_success',
        parameters: [
          { name: 'login_type', value: 'google_password' },
          { name: 'login_challenge_method', multiValue: ['password', 'google_prompt'] },
          { name: 'is_suspicious', boolValue: false },
        ],
      },
    ],
  });
}
