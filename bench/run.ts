/**
 * `npm run bench`: how Ringer stands to its bars, one after the other; `npm run bench -- functions latency` only these.
 * Numbers are for reading, not for tests.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Each is a program beside this one, and has a process of its own. */
const ALL = ['reading', 'functions', 'units', 'latency', 'memory', 'cost-units', 'cost-processor'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !ALL.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
  process.exit(2);
}
for (const [index, name] of (asked.length > 0 ? asked : ALL).entries()) {
  if (index > 0) console.log();
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
