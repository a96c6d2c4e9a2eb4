/** What the demo says at its end: what was done, and who was told. */
import { safeText } from '../core/alerts/text.ts';
import type { Twin } from '../simulator/twin/index.ts';
import { notice } from './terminal.ts';

/** @returns whether every invocation was answered */
export async function demoSummary(twin: Twin, seconds: number): Promise<boolean> {
  const failed = twin.invocations.filter(({ outcome }) => !outcome.ok);
  const [calls, told] = await Promise.all([twin.aws.calls(), twin.notifications()]);
  process.stdout.write('Told, in the order of time:\n');
  for (const { channel, to, subject, text } of told) {
    const [line = ''] = (subject ?? text).split('\n');
    process.stdout.write(`  ${channel.padEnd(6)} ${safeText(to).padEnd(28)} ${safeText(line)}\n`);
  }
  notice(
    `\n${twin.invocations.length} invocations made ${calls.length} calls to the AWS of this machine in ${seconds.toFixed(0)} seconds; ${failed.length} failed.`,
  );
  for (const { functionName, outcome } of failed.slice(0, 5))
    notice(`  ${functionName}: ${'error' in outcome ? safeText(String(outcome.error)) : 'failed'}`);
  notice(
    'What you saw: Wren Marsh is not where the laptop stands, and works through two remote-access tools; Jonas Jarvis copied a bucket; Grace Calder uses a VPN; TeamViewer is on so many laptops that it is one question to the company.',
  );
  notice('Your own exports, offline: npm run -s ringer -- scan PATH… --people people.csv');
  notice('In your own AWS account: npm run -s ringer -- init');
  return failed.length === 0;
}
