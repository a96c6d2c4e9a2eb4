import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isoTime } from '../../lib/core/time.ts';
import { refreshLists, type RefreshOutcome } from '../../lib/geo/refresh-lists.ts';

const NOW = Date.UTC(2026, 2, 9);
const TOOLS = JSON.stringify([{ Name: 'AnyDesk', Category: 'RMM', Details: { Website: 'anydesk.com' } }]);

let directory: string;
let into: string;
let server: Server | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ringer-refresh-'));
  into = join(directory, 'lists');
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
  await rm(directory, { recursive: true });
});

async function file(name: string, text: string | Buffer): Promise<string> {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function refresh(...from: string[]): Promise<readonly RefreshOutcome[]> {
  return refreshLists({ from, into, now: NOW });
}

async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

const kept = (name: string): Promise<string> => readFile(join(into, name), 'utf8');

describe('a list of ranges', () => {
  test('is kept in one spelling, with a manifest', async () => {
    const source = await file('vpn-ipv4.txt', '# exits\n8.20.30.7/24\n8.20.30.0/24\n8.20.31.1\n');
    await refresh(source);
    expect(await kept('vpn-ipv4.txt')).toBe('8.20.30.0/24\n8.20.31.1/32\n');
    expect(JSON.parse(await kept('manifest.json'))).toEqual([
      { name: 'vpn-ipv4.txt', kind: 'vpn', source, refreshedTime: isoTime(NOW), ranges: 2 },
    ]);
  });

  test('reports what came, what went and what it could not read', async () => {
    await refresh(await file('vpn.txt', '8.20.30.0/24\n8.20.31.0/24\n'));
    const [outcome] = await refresh(
      await file('vpn.txt', '8.20.31.0/24\n8.20.32.0/24\n8.20.33.0/24\nexample.com\n'),
    );
    expect(outcome).toMatchObject({ outcome: 'refreshed', ranges: 3, added: 2, removed: 1, ignored: 1 });
  });

  test('takes its kind from the folder when its own name has none', async () => {
    const [outcome] = await refresh(await file('output/datacenter/ipv4.txt', '8.20.30.0/24'));
    expect(outcome).toMatchObject({ name: 'datacenter-ipv4.txt', kind: 'hosting' });
  });

  test('leaves other lists where they are', async () => {
    await refresh(await file('vpn.txt', '8.20.30.0/24'));
    await refresh(await file('tor.txt', '8.20.31.0/24'));
    expect((await readdir(into)).sort()).toEqual(['manifest.json', 'tor.txt', 'vpn.txt']);
  });

  test('leaves no temporary file', async () => {
    await refresh(await file('vpn.txt', '8.20.30.0/24'));
    expect((await readdir(into)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.each([
    ['holds no range', 'vpn.txt', 'AS9009\nexample.com\n', 'no line of it is a range'],
    ['is empty', 'vpn.txt', '', 'no line of it is a range'],
    ['is binary', 'vpn.txt', Buffer.from([0x1f, 0x8b, 0, 255, 254]), 'no line of it is a range'],
    ['says nowhere what it lists', 'blocked.txt', '8.20.30.0/24', 'its name does not tell'],
    ['is larger than 8 MB', 'vpn.txt', '8.20.30.0/24\n'.repeat(700_000), 'larger than 8 MB'],
  ])('that %s changes nothing', async (_, name, text, because) => {
    await refresh(await file('vpn.txt', '8.20.99.0/24'));
    const [outcome] = await refresh(await file(`new/${name}`, text));
    expect(outcome).toMatchObject({ outcome: 'failed', because: expect.stringContaining(because) as string });
    expect(await kept('vpn.txt')).toBe('8.20.99.0/24\n');
  });

  test('does not overwrite another source of the same refresh', async () => {
    const sources = [await file('a/vpn.txt', '8.20.30.0/24'), await file('b/vpn.txt', '8.20.31.0/24')];
    expect(await refresh(...sources)).toMatchObject([{ outcome: 'refreshed' }, { outcome: 'failed' }]);
  });

  test('replaces an earlier version that is damaged', async () => {
    await mkdir(into);
    await writeFile(join(into, 'vpn.txt'), 'damaged');
    expect(await refresh(await file('vpn.txt', '8.20.30.0/24'))).toMatchObject([{ added: 1, removed: 0 }]);
  });

  test('that is missing fails alone', async () => {
    const outcomes = await refresh(join(directory, 'missing-vpn.txt'), await file('vpn.txt', '8.20.30.0/24'));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'refreshed']);
  });
});

describe('LOLRMM’s export', () => {
  test('is kept as it is', async () => {
    const [outcome] = await refresh(await file('rmm_tools.json', TOOLS));
    expect([outcome, await kept('lolrmm.json')]).toMatchObject([
      { kind: 'remote-tools', ranges: 1, added: 1 },
      TOOLS,
    ]);
  });

  test.each([
    ['an object', '{"Name":"AnyDesk","Details":{}}'],
    ['other objects', '[{"name":"AnyDesk"},{"Name":"AnyDesk"},{"Name":1,"Details":{}},null,7]'],
    ['no JSON', '[{"Name":'],
  ])('is not %s', async (_, text) => {
    const [outcome] = await refresh(await file('rmm_tools.json', text));
    expect(outcome).toMatchObject({
      outcome: 'failed',
      because: expect.stringContaining('LOLRMM') as string,
    });
  });
});

describe('an address', () => {
  test('is read, and its query not written down', async () => {
    const base = await serve((_, response) => response.end('8.20.30.0/24\n'));
    const [outcome] = await refresh(`${base}/vpn/ipv4.txt?token=secret`);
    expect(outcome).toMatchObject({
      outcome: 'refreshed',
      name: 'vpn-ipv4.txt',
      source: `${base}/vpn/ipv4.txt`,
    });
    expect(await kept('manifest.json')).not.toContain('secret');
  });

  test('may redirect within its origin', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/vpn.txt') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.end('8.20.30.0/24\n');
    });
    expect(await refresh(`${base}/vpn.txt`)).toMatchObject([{ outcome: 'refreshed', name: 'vpn.txt' }]);
  });

  test('may not redirect to another origin, which gets no request', async () => {
    let requests = 0;
    const base = await serve((request, response) => {
      requests++;
      const location = `http://localhost:${request.socket.localPort}/vpn.txt`;
      response.writeHead(302, { location }).end();
    });
    const [outcome] = await refresh(`${base}/vpn.txt`);
    expect([outcome, requests]).toMatchObject([
      { outcome: 'failed', because: expect.stringContaining('another origin') as string },
      1,
    ]);
  });

  test('may not redirect for ever', async () => {
    const base = await serve((_, response) => response.writeHead(302, { location: '/vpn.txt' }).end());
    expect(await refresh(`${base}/vpn.txt`)).toMatchObject([
      { outcome: 'failed', because: expect.stringContaining('more than 3 times') as string },
    ]);
  });

  test('that answers with an error changes nothing', async () => {
    const base = await serve((_, response) => response.writeHead(503).end('8.20.30.0/24\n'));
    expect(await refresh(`${base}/vpn.txt`)).toMatchObject([
      { outcome: 'failed', because: 'the server answered 503' },
    ]);
  });

  test('that breaks off in the middle changes nothing', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('8.20.30.0/24\n', () => response.destroy());
    });
    expect(await refresh(`${base}/vpn.txt`)).toMatchObject([{ outcome: 'failed' }]);
  });

  test('is read up to 8 MB', async () => {
    const base = await serve((_, response) => response.end('8.20.30.0/24\n'.repeat(700_000)));
    expect(await refresh(`${base}/vpn.txt`)).toMatchObject([
      { outcome: 'failed', because: 'it is larger than 8 MB' },
    ]);
  });

  test.each([
    'http://lists.example.com/vpn.txt',
    'ftp://127.0.0.1/vpn.txt',
    'file:///etc/vpn.txt',
    'https://',
  ])('like %s is refused before any request', async (source) => {
    const [outcome] = await refresh(source);
    expect(outcome).toMatchObject({
      outcome: 'failed',
      because: expect.stringMatching(/^(an|this is not an) address/) as string,
    });
  });
});

test('a directory that cannot be written is an error', async () => {
  await writeFile(into, 'a file');
  await expect(refresh(await file('vpn.txt', '8.20.30.0/24'))).rejects.toMatchObject({
    code: 'OUTPUT_FAILED',
  });
});
