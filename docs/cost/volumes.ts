/** How much the vendors have of a person, feed by feed, and when it happens. Every number has a source or is an assumption. */
import { enabledFeeds } from '../../lib/config/enabled-feeds.ts';
import { feedEveryMinutes } from '../../lib/config/schedule.ts';
import { MANIFESTS } from '../../lib/sources/manifests.ts';

/** A feed of a deployment with all four vendors, an organization trail and a poll of five minutes. */
export interface CostFeed {
  readonly vendor: string;
  readonly id: string;
  readonly title: string;
  readonly reads: 'events' | 'listing';
  readonly everyMinutes: number;
  readonly overlapMinutes: number;
  /** Of a person: a working day for events, each time for a listing. */
  readonly records: number;
  /** Records of those that a detection watches. */
  readonly watched: number;
  readonly because: string;
}

type Volume = Pick<CostFeed, 'records' | 'watched' | 'because'>;

export const EVERY_MINUTES = 5;

const DIRTEAM =
  '[dirteam.com](https://dirteam.com/sander/2020/06/25/calculating-your-azure-log-analytics-bill-when-you-stream-your-azure-ad-logs-to-it/)';
const OCTIGA =
  '[Octiga](https://help.octiga.io/kb/guide/en/how-to-assess-active-users-in-m365-GaRlIMRH2t/Steps/4172916)';

const VOLUMES: Readonly<Record<string, Volume>> = {
  'okta/system-log': {
    records: 40,
    watched: 12,
    because: 'Assumption: two sessions, ten applications, and the lines that Okta writes about each.',
  },
  'microsoft/sign-ins': {
    records: 10,
    watched: 10,
    because: `${DIRTEAM} counts 50 to 200 a user and day, most of them not interactive; this feed has the others. A tenth is an assumption.`,
  },
  'microsoft/directory-audits': {
    records: 10,
    watched: 0.5,
    because: `${DIRTEAM} counts 5 to 20 a user and day. That one in twenty is about factors, consents or privileges is an assumption.`,
  },
  'microsoft/audit': {
    records: 200,
    watched: 20,
    because: `${OCTIGA} takes 200 a day for a normal user. That a tenth is about files is an assumption.`,
  },
  'google/drive': {
    records: 20,
    watched: 7,
    because:
      'Assumption: few companies use Drive and SharePoint alike; one that does uses one of them little.',
  },
  'google/login': { records: 1, watched: 1, because: 'Assumption: a session lasts a day or longer.' },
  'google/token': {
    records: 5,
    watched: 0.1,
    because: 'Assumption: most are uses of a consent, few are new ones.',
  },
  'aws/cloudtrail-trail': {
    records: 20,
    watched: 0.4,
    because:
      'Assumption: machines write these, not people, so that the number may be anything. 2 % matter to any detection, as in bench/corpus.ts.',
  },
};

const LISTED: Readonly<Record<string, Volume>> = {
  'microsoft/detected-apps': {
    records: 3,
    watched: 0.05,
    because: 'Assumption: three programs and versions for each computer that no other computer has.',
  },
  'aws/inventory': { records: 0, watched: 0, because: 'Laptops are seldom managed nodes.' },
};

const ONE_EACH: Volume = { records: 1, watched: 0, because: 'One account, one computer.' };
const HARDLY_ANY: Volume = { records: 0, watched: 0, because: 'Less than one a person and day.' };

/** Every feed that is read without asking for it. */
export const FEEDS: readonly CostFeed[] = MANIFESTS.flatMap(({ vendor, feeds }) => {
  const source = { every: EVERY_MINUTES, ...(vendor === 'aws' ? { trailBucket: 'trail' } : {}) };
  return enabledFeeds(source, feeds).map(({ id, title, reads, overlapMinutes, defaultEvery }) => {
    const key = `${vendor}/${id}`;
    const volume = reads === 'events' ? (VOLUMES[key] ?? HARDLY_ANY) : (LISTED[key] ?? ONE_EACH);
    const everyMinutes = feedEveryMinutes(source, { id, reads, defaultEvery });
    return { vendor, id, title, reads, everyMinutes, overlapMinutes, ...volume };
  });
});

/** When it happens. */
export const CALENDAR = {
  daysAMonth: 30.4,
  workingDaysAMonth: 21,
  /** Of a working day in which people are at work. */
  hours: 10,
  /** Of a day’s events that fall into its busiest hour: an even day of ten hours would have a tenth. */
  busiestHourShare: 0.2,
} as const;

/** Records of a person and working day that vendors give, the repetitions of overlaps left out. */
export const RECORDS_A_DAY = sumOf('records');
/** Of those, records that a detection watches. */
export const WATCHED_A_DAY = sumOf('watched');

function sumOf(what: 'records' | 'watched'): number {
  return FEEDS.filter(({ reads }) => reads === 'events').reduce((sum, feed) => sum + feed[what], 0);
}
