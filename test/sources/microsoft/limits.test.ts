/** How long Microsoft's limits last, and for which cloud a token is. */
import { serviceOf } from '../../../lib/sources/microsoft/connection.ts';
import { isActivityLimit, limitWaitMs } from '../../../lib/sources/microsoft/limits.ts';

function limited(headers: Record<string, string>): Response {
  return new Response(null, { status: 429, headers });
}

it.each([
  [{ 'retry-after': '17' }, 17_000],
  [{ 'retry-after': '0' }, 0],
  // By the server's own clock, whatever ours says.
  [{ 'retry-after': 'Mon, 02 Nov 2026 12:00:30 GMT', date: 'Mon, 02 Nov 2026 12:00:00 GMT' }, 30_000],
  [{ 'retry-after': 'Mon, 02 Nov 2026 11:00:00 GMT', date: 'Mon, 02 Nov 2026 12:00:00 GMT' }, 0],
])('waits as %j says', (headers, waitMs) => {
  expect(limitWaitMs(limited(headers), 3)).toBe(waitMs);
});

it.each([
  {},
  { 'retry-after': 'soon' },
  { 'retry-after': '-5' },
  { 'retry-after': 'Mon, 02 Nov 2026 12:00:30 GMT' },
])('guesses longer each time, half a minute at most, from %j', (headers) => {
  expect([1, 2, 3, 6, 60].map((times) => limitWaitMs(limited(headers), times))).toEqual([
    1_000, 2_000, 4_000, 32_000, 32_000,
  ]);
});

it.each([
  [403, { error: { code: 'AF429' } }, true],
  [403, { error: { code: 'AF10001' } }, false],
  [403, undefined, false],
  [400, { error: { code: 'AF429' } }, false],
])('takes status %d with %j for a limit: %s', (status, body, expected) => {
  expect(isActivityLimit(status, body)).toBe(expected);
});

it.each([
  [undefined, 'https://graph.microsoft.com'],
  ['https://graph.microsoft.us', 'https://graph.microsoft.us'],
  ['http://127.0.0.1:8080', 'https://graph.microsoft.com'],
])('asks for a token for %s by the name %s', (url, resource) => {
  expect(serviceOf('graph', url).resource).toBe(resource);
});
