/** A day in AWS: engineers look at things; the data team reads objects by the thousand. */
import { amount, happens } from '../chance.ts';
import { consoleLogin, objectRead, portalSignIn, resourcesDescribed, roleEntered } from '../records/aws.ts';
import type { Shift } from './shift.ts';

const DEPARTMENTS: ReadonlySet<string> = new Set(['Engineering', 'Data', 'IT']);
/** Share of engineers' days on which they use AWS at all. */
const DAYS = 0.6;
const CONSOLE = 0.4;
const LOOKS_MEDIAN = 6;
const READS = 0.1;
const READS_MEDIAN = 5;
const DATA_SPREAD = 0.15;
/** Jobs a day, least and most. */
const JOBS = [2, 6] as const;
const MS_PER_OBJECT = 300;
const PARTS = 400_000;

export function awsDay(shift: Shift): void {
  const { worker, who, random, connections } = shift;
  if (!DEPARTMENTS.has(who.department)) return;
  const isData = who.department === 'Data';
  if (!isData && !happens(random, DAYS)) return;
  const role = isData ? 'Analyst' : 'Engineer';
  const at = shift.near(shift.day.begin, 300, 3_600);
  const from = connections.laptop(at, false);
  const device = shift.laptop;
  shift.note('aws', at, (chance) => portalSignIn(who, at, from, chance, { device }));
  const entered = shift.near(at, 5, 40);
  shift.note('aws', entered, (chance) => roleEntered(who, entered, from, chance, { role, device }));
  if (happens(random, CONSOLE)) {
    const opened = shift.near(entered, 2, 20);
    shift.note('aws', opened, (chance) => consoleLogin(who, opened, from, chance, { role, device }));
  }
  for (let left = amount(random, LOOKS_MEDIAN, 0.8); left > 0; left--) {
    const looked = shift.sometime();
    const there = connections.laptop(looked, false);
    shift.note('aws', looked, (chance) => resourcesDescribed(who, looked, there, chance, { role }));
  }
  const objects = amount(random, worker.habits.objectsDaily, DATA_SPREAD);
  if (isData && objects > 0) {
    shift.because('data-team');
    const jobs = random.between(...JOBS);
    for (let left = jobs; left > 0; left--) read(shift, Math.ceil(objects / jobs), role);
  } else if (happens(random, READS)) read(shift, amount(random, READS_MEDIAN, 0.8), role);
}

/** A job reads one part of a table after the other. */
function read(shift: Shift, objects: number, role: string): void {
  const { who, random, connections } = shift;
  const begin = shift.sometime();
  const from = connections.laptop(begin, false);
  const first = random.between(1, PARTS);
  for (let n = 0; n < objects; n++) {
    const at = begin + n * MS_PER_OBJECT;
    shift.note('aws', at, (chance) =>
      objectRead(who, at, from, chance, { role, bucket: 'example-warehouse', key: keyOf(first + n) }),
    );
  }
}

function keyOf(part: number): string {
  return `events/part-${String(part).padStart(8, '0')}.parquet`;
}
