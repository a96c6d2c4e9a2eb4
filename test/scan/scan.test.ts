import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { demoCompany } from '../../lib/simulator/company/demo-company.ts';
import { exportsOf } from '../../lib/simulator/company/exports.ts';
import { randomFrom } from '../../lib/simulator/random.ts';
import type { ScanInput } from '../../lib/scan/scan.ts';
import { CLOCK, scanPaths, scratch } from '../support/scanning.ts';

const company = exportsOf(demoCompany(CLOCK, 7));
const folder = scratch();

/** Every record of the demo's company, whatever file it was in. */
const records: readonly object[] = company.files.flatMap(({ name, text }): readonly object[] => {
  if (name.endsWith('.ndjson'))
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  const page = JSON.parse(text) as { value?: object[]; items?: object[]; Records?: object[] };
  return page.value ?? page.items ?? page.Records ?? [];
});

const ndjson = (list: readonly object[]): string =>
  list.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('scan', () => {
  it('finds the stories of the demo’s company, and nothing else', async () => {
    const paths = company.files.map(({ name, text }) => folder.write(`company/${name}`, text));
    const { alerts, sums, failures } = await scanPaths(paths);
    expect(failures).toEqual([]);
    expect(
      alerts.map((alert) => `${alert.detection} ${alert.subject.id} ${alert.object?.id ?? ''}`).sort(),
    ).toEqual([
      'anonymized-sign-in grace.calder@example.com NORD_VPN',
      'bulk-download jonas.dorsey@example.com s3',
      'bulk-download wren.marsh@example.com google-drive',
      'impossible-travel grace.calder@example.com ',
      'impossible-travel wren.marsh@example.com ',
      'mouse-jiggler wren.marsh@example.com mouse-jiggler',
      'multiple-remote-tools wren.marsh@example.com ',
      'suspected-impostor wren.marsh@example.com ',
      'unapproved-remote-tool organization teamviewer',
      'unapproved-remote-tool wren.marsh@example.com anydesk',
      'unapproved-remote-tool wren.marsh@example.com rustdesk',
    ]);
    for (const [, sum] of sums.list()) {
      const { duplicate, unsupported, irrelevant } = sum.skipped;
      expect(sum.records).toBe(sum.used + duplicate + unsupported + irrelevant + sum.rejected);
    }
  });

  it('gives the same alerts for any order, layout and repetition of the records', async () => {
    const plain = (await scanPaths([folder.write('plain.ndjson', ndjson(records))])).alerts;
    expect(plain.length).toBeGreaterThan(5);
    const layouts = fc.constantFrom(
      (list: readonly object[]) => ['x.ndjson', ndjson(list)] as const,
      (list: readonly object[]) => ['x.json', JSON.stringify(list, null, 2)] as const,
      (list: readonly object[]) => ['x.json.gz', gzipSync(JSON.stringify({ value: list }))] as const,
      (list: readonly object[]) =>
        ['x.json', Buffer.from(`\ufeff${JSON.stringify({ Records: list })}`, 'utf16le')] as const,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        layouts,
        fc.integer({ min: 0, max: 50 }),
        async (seed, layout, twice) => {
          const random = randomFrom(seed);
          const order = records.map((record) => ({ record, at: random.next() })).sort((a, b) => a.at - b.at);
          const shuffled = order.map(({ record }) => record);
          const [name, content] = layout([...shuffled, ...shuffled.slice(0, twice)]);
          const { alerts } = await scanPaths([folder.write(`${seed}/${name}`, content)]);
          expect(alerts).toEqual(plain);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('counts a record that is there twice as a duplicate', async () => {
    const file = folder.write('once.ndjson', ndjson(records.slice(0, 10)));
    const { sums } = await scanPaths(
      [file, file.replace('once', 'again')].map((path) =>
        path === file ? path : folder.write('again.ndjson', ndjson(records.slice(0, 10))),
      ),
    );
    expect(sums.bySource.get('okta')).toMatchObject({ records: 20, used: 10, skipped: { duplicate: 10 } });
  });

  it('lets one bad record stop nothing, and says where it is', async () => {
    const lines = records.slice(0, 3).map((record) => JSON.stringify(record));
    const file = folder.write('bad.ndjson', `${lines[0]}\n{"broken": \n${lines[1]}\n${lines[2]}\n`);
    const { sums, failures } = await scanPaths([file]);
    expect(failures).toEqual([]);
    expect(sums.bySource.get('okta')).toMatchObject({ records: 4, used: 3, rejected: 1 });
    expect(sums.rejections).toMatchObject([{ file, line: 2 }]);
  });

  it('rejects a record from the future, and takes no time from it', async () => {
    const ahead = { ...records[0], published: new Date(CLOCK + 3 * 86_400_000).toISOString(), uuid: 'ahead' };
    const { sums, now } = await scanPaths([
      folder.write('ahead.ndjson', ndjson([...records.slice(0, 5), ahead])),
    ]);
    expect(sums.bySource.get('okta')?.rejected).toBe(1);
    expect(sums.rejections[0]?.because).toContain('more than a day ahead of the clock');
    expect(now).toBeLessThan(CLOCK);
  });

  it('reads on after a file that ends early, and reports it', async () => {
    const whole = JSON.stringify({
      Records: records.filter((record) => 'eventVersion' in record).slice(0, 50),
    });
    const { sums, failures } = await scanPaths([
      folder.write('cut/1-cut.json', whole.slice(0, -200)),
      folder.write('cut/2-whole.ndjson', ndjson(records.slice(0, 5))),
    ]);
    expect(failures.map(({ code }) => code)).toEqual(['FILE_ENDS_EARLY']);
    expect(sums.bySource.get('aws')?.used).toBe(49);
    expect(sums.bySource.get('okta')?.used).toBe(5);
  });

  it.each([
    ['something after its end', (gz: Buffer) => Buffer.concat([gz, Buffer.from('garbage')])],
    ['a wrong checksum', (gz: Buffer) => Buffer.concat([gz.subarray(0, -8), Buffer.from('12345678')])],
  ])('reads what a small gz with %s has, and reports it', async (_what, damage) => {
    const gz = damage(gzipSync(ndjson(records.slice(0, 200))));
    const { sums, failures } = await scanPaths([folder.write(`damaged-${gz.length}.ndjson.gz`, gz)]);
    expect(sums.bySource.get('okta')?.used).toBe(200);
    expect(failures.map(({ code }) => code)).toEqual(['FILE_ENDS_EARLY']);
  });

  it('takes the clock for the future, whatever it is told is now', async () => {
    const later = CLOCK + 400 * 86_400_000;
    const ahead = { ...records[0], published: new Date(later).toISOString(), uuid: 'far' };
    const { sums } = await scanPaths([folder.write('far.ndjson', ndjson([ahead]))], { now: later });
    expect(sums.bySource.get('okta')?.rejected).toBe(1);
  });

  it('evaluates what needs a roster when there is a people file, or a directory says where somebody works', async () => {
    const notEvaluated = async (listed: object, roster: ScanInput['roster'] = []): Promise<boolean> => {
      const user = { id: '00u1', status: 'ACTIVE', created: '2024-01-01T00:00:00.000Z', profile: listed };
      const file = folder.write('directory/users.json', JSON.stringify([user]));
      const result = await scanPaths([file], { roster });
      expect(result.failures).toEqual([]);
      return result.notEvaluated.some(
        ({ detection, because }) => detection === 'unexpected-location' && because === 'no roster',
      );
    };
    const login = { login: 'ann@example.com', email: 'ann@example.com' };
    expect(await notEvaluated(login)).toBe(true);
    expect(await notEvaluated({ ...login, countryCode: 'US' })).toBe(false);
    expect(await notEvaluated(login, [{ email: 'ann@example.com' }])).toBe(false);
  });

  it('says so when nothing is of a supported shape', async () => {
    const { failures, sums } = await scanPaths([folder.write('other.ndjson', '{"hello":"world"}\n')]);
    expect(failures.map(({ code }) => code)).toEqual(['NOTHING_SUPPORTED']);
    expect(sums.bySource.get('other')).toMatchObject({ records: 1, skipped: { unsupported: 1 } });
  });

  it('opens pages, and pages within lines', async () => {
    const trail = records.filter((record) => 'eventVersion' in record).slice(0, 4);
    const lookup = {
      Events: trail.map((record) => ({
        EventId: 'x',
        EventName: 'GetObject',
        CloudTrailEvent: JSON.stringify(record),
      })),
    };
    const { sums } = await scanPaths([
      folder.write('lookup.ndjson', `${JSON.stringify(lookup)}\n${JSON.stringify({ Events: [] })}\n`),
    ]);
    expect(sums.bySource.get('aws')).toMatchObject({ records: 4, used: 4 });
  });

  it('reads the audit log of a Purview export, quoted newlines and all', async () => {
    const record = JSON.stringify({
      CreationTime: '2026-03-10T12:00:00',
      Id: 'a-1',
      Operation: 'FileDownloaded',
      RecordType: 6,
      UserId: 'sam.doe@example.com',
      UserType: 0,
      Workload: 'SharePoint',
      ObjectId: 'https://example.sharepoint.com/sites/x/a.docx',
    });
    const csv = `\ufeffRecordId,Note,AuditData\n1,"two\nlines","${record.replaceAll('"', '""')}"\n`;
    const { sums } = await scanPaths([folder.write('audit.csv', csv)]);
    expect(sums.bySource.get('m365')).toMatchObject({ records: 1, used: 1 });
  });
});
