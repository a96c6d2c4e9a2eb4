/**
 * Evaluates the crowded subject once, as detect does at its tick, and says how large the process became:
 * `node bench/evaluate-crowded.ts ENDPOINT HOURS`. Without HOURS it only does the same for somebody of whom there is
 * nothing.
 */
import { DETECTIONS } from '../lib/core/detections/index.ts';
import { rulesFor } from '../lib/core/engine.ts';
import { buildDirectory } from '../lib/core/people/directory.ts';
import { NO_POLICY } from '../lib/core/policy.ts';
import { HOUR_MS } from '../lib/core/time.ts';
import { createAtlas } from '../lib/geo/atlas.ts';
import { newBooked } from '../lib/pipeline/booked.ts';
import { detectSubject } from '../lib/pipeline/detect-subject.ts';
import { newTold } from '../lib/pipeline/told.ts';
import { crowdOf, NOW, openTables } from './crowded.ts';

const [endpoint = '', hours] = process.argv.slice(2);
const now = NOW + Number(hours ?? 0) * HOUR_MS;
const { subject } = crowdOf(1);
const started = process.cpuUsage();
const atlas = createAtlas({});
const { written } = await detectSubject(
  {
    subject: hours === undefined ? { kind: 'person', id: 'nobody@example.com' } : subject,
    events: [],
    isDue: true,
  },
  {
    ...openTables(endpoint),
    queue: { send: () => Promise.resolve() },
    told: newTold(),
    booked: newBooked(),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    place: (each) => atlas.place(each),
    directory: buildDirectory({ roster: [], users: [] }),
    policy: NO_POLICY,
    rules: rulesFor(DETECTIONS, {}, { roster: false, places: true, inventory: true }),
    organization: { peopleCount: 0, domains: [], partnerDomains: [] },
    learnUsers: () => Promise.resolve(),
    learnLinks: () => Promise.resolve(),
    failed: (_detection, _event, cause) => {
      throw cause;
    },
    cannotTell: () => undefined,
  },
);
const { user, system } = process.cpuUsage(started);
process.stdout.write(
  JSON.stringify({
    written,
    cpuSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  }),
);
