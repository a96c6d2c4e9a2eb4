import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAddress } from '../../lib/core/places/address.ts';
import { DAY_MS, isoTime } from '../../lib/core/time.ts';
import { openAtlas } from '../../lib/geo/atlas.ts';
import { listKind } from '../../lib/geo/list-kinds.ts';
import { readListText } from '../../lib/geo/list-text.ts';
import { openLists } from '../../lib/geo/lists.ts';

const NOW = Date.UTC(2026, 2, 9);

describe('listKind', () => {
  test.each([
    ['vpn-ipv4', 'vpn', undefined],
    ['VPN_IPv6', 'vpn', undefined],
    ['datacenter-ipv4', 'hosting', undefined],
    ['data-centres', 'hosting', undefined],
    ['apple-private-relay', 'relay', 'APPLE_ICLOUD_RELAY_PROXY'],
    ['icloud', 'relay', 'APPLE_ICLOUD_RELAY_PROXY'],
    ['mullvad', 'vpn', 'MULLVAD_VPN'],
    ['pia', 'vpn', 'PIA_VPN'],
    ['protonvpn', 'vpn', 'PROTON_VPN'],
    ['astrill', 'vpn', 'ASTRILL_VPN'],
    ['tor-exits', 'tor', undefined],
    ['residential-proxies', 'residential-proxy', undefined],
    ['open-proxies', 'proxy', undefined],
  ])('tells %s: %s %s', (name, kind, operator) => {
    expect([listKind(name)?.kind, listKind(name)?.operator]).toEqual([kind, operator]);
  });

  test.each(['blocklist', 'directory', 'utopia', 'ipv4', ''])('tells nothing of %j', (name) => {
    expect(listKind(name)).toBeUndefined();
  });
});

describe('readListText', () => {
  const textsOf = (text: string): string[] => readListText(text).ranges.map((range) => range.text);

  test('reads a range or an address a line, past comments, blank lines and byte order marks', () => {
    expect(
      textsOf('\uFEFF# a list\r\n\r\n8.20.30.0/24 # office\n// more\n; more\n 8.20.31.7\n2600::/32'),
    ).toEqual(['8.20.30.0/24', '8.20.31.7/32', '2600::/32']);
  });

  test('reads the first column of a CSV', () => {
    expect(textsOf('ip,provider\n8.20.31.7,example\n')).toEqual(['8.20.31.7/32']);
  });

  test('counts a range once', () => {
    expect(textsOf('8.20.30.0/24\n8.20.30.9/24')).toEqual(['8.20.30.0/24']);
  });

  test.each([
    ['names and numbers of systems', 'AS9009 # M247\nexample.com'],
    ['ranges as wide as a good part of the Internet', '0.0.0.0/0\n8.0.0.0/7\n::/0'],
    ['ranges that are not on the Internet', '10.0.0.0/8\n203.0.113.0/24'],
  ])('ignores %s, and counts them', (_, text) => {
    expect(readListText(text)).toEqual({ ranges: [], ignoredLines: text.split('\n').length });
  });
});

describe('openLists', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ringer-lists-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function put(name: string, text: string, ageDays = 0): Promise<void> {
    await writeFile(join(directory, name), text);
    const at = new Date(NOW - ageDays * DAY_MS);
    await utimes(join(directory, name), at, at);
  }

  async function find(ip: string): Promise<unknown> {
    const address = parseAddress(ip);
    return address && (await openLists(directory, NOW)).find(address);
  }

  test('finds an address in the list that holds it', async () => {
    await put('vpn-ipv4.txt', '8.20.30.0/24');
    await put('datacenter-ipv4.txt', '8.20.31.0/24');
    expect([await find('8.20.30.1'), await find('8.20.31.1'), await find('8.20.32.1')]).toMatchObject([
      { kind: 'vpn' },
      { kind: 'hosting' },
      undefined,
    ]);
  });

  test('lets the list that knows most decide, whatever the width of its range', async () => {
    await put('datacenter.txt', '8.20.30.1');
    await put('vpn.txt', '8.20.30.0/28');
    await put('mullvad.txt', '8.20.30.0/24');
    expect(await find('8.20.30.1')).toMatchObject({ operator: 'MULLVAD_VPN' });
  });

  test('says which file it does not use', async () => {
    await put('blocklist.txt', '8.20.30.0/24');
    expect((await openLists(directory, NOW)).notices).toEqual([
      expect.stringContaining('blocklist.txt is not used'),
    ]);
  });

  test('says of each kind how old its oldest list is, after 30 days', async () => {
    await put('vpn-ipv4.txt', '8.20.30.0/24', 40);
    await put('vpn-ipv6.txt', '2600::/32', 143);
    await put('datacenter.txt', '8.20.31.0/24', 30);
    expect((await openLists(directory, NOW)).notices).toEqual([
      'VPN list is 143 days old: refresh with `ringer lists refresh`.',
    ]);
  });

  test('takes the age from the manifest before the file’s own', async () => {
    await put('vpn.txt', '8.20.30.0/24', 0);
    const entry = { name: 'vpn.txt', kind: 'vpn', source: 'vpn.txt', ranges: 1 };
    await put('manifest.json', JSON.stringify([{ ...entry, refreshedTime: isoTime(NOW - 31 * DAY_MS) }]));
    expect((await openLists(directory, NOW)).notices).toEqual([expect.stringContaining('31 days old')]);
  });

  test('stops at a damaged manifest', async () => {
    await put('manifest.json', '{"name":');
    await expect(openLists(directory, NOW)).rejects.toMatchObject({ code: 'LIST_UNREADABLE' });
  });

  test('stops at a list that cannot be read', async () => {
    await mkdir(join(directory, 'vpn.txt'));
    await expect(openLists(directory, NOW)).rejects.toMatchObject({ code: 'LIST_UNREADABLE' });
  });

  test('is silent about a directory that is not there', async () => {
    const missing = join(directory, 'missing');
    expect((await openLists(missing, NOW)).notices).toEqual([]);
  });

  test('serves the atlas, which passes the notices on', async () => {
    await put('vpn.txt', '8.20.30.0/24', 143);
    const atlas = await openAtlas({ cityPaths: [], listsDirectory: directory, now: NOW });
    expect(atlas.place({ ip: '8.20.30.1' }).network).toEqual({
      kind: 'vpn',
      decidedBy: 'list',
      listedTime: NOW - 143 * DAY_MS,
    });
    expect(atlas.notices).toContainEqual(expect.stringContaining('143 days old'));
  });
});
