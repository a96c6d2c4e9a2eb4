import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExports } from '../../lib/exports/find.ts';
import { readExport } from '../../lib/exports/read.ts';
import { collectingSink, gzip } from './collecting.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer = ''): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('finding', () => {
  it('takes the exports of a folder and its folders in order, and counts the rest as ignored', async () => {
    const expected = ['a.json', 'b.NDJSON.gz', 'c/d.csv', 'c/e.jsonl', 'f.csv.gz'].map((name) => put(name));
    ['readme.md', 'c/picture.png', 'archive.gz', '.DS_Store'].forEach((name) => put(name));
    expect(await findExports([folder])).toEqual({ files: expected, ignored: 4, failures: [] });
  });

  it('takes a file that is named, whatever its ending', async () => {
    const path = put('okta.log');
    expect((await findExports([path])).files).toEqual([path]);
  });

  it('names a path that is missing and goes on', async () => {
    const path = put('a.json');
    const missing = join(folder, 'missing');
    const found = await findExports([missing, path]);
    expect(found.files).toEqual([path]);
    expect(found.failures).toMatchObject([{ path: missing }]);
  });

  it('follows a link that is named, but none in a folder, so that no circle catches it', async () => {
    const inside = put('real/a.json');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    symlinkSync('..', join(folder, 'real', 'up'));
    symlinkSync(inside, join(folder, 'real', 'b.json'));
    expect(await findExports([join(folder, 'link')])).toEqual({
      files: [join(folder, 'link', 'a.json')],
      ignored: 2,
      failures: [],
    });
  });

  it('names a link that leads to itself', async () => {
    symlinkSync('self', join(folder, 'self'));
    expect((await findExports([join(folder, 'self')])).failures).toHaveLength(1);
  });

  it('does not wait at a pipe in a folder', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    expect(await findExports([folder])).toEqual({ files: [], ignored: 1, failures: [] });
  });

  it('finds nothing wrong with an empty folder', async () => {
    expect(await findExports([folder])).toEqual({ files: [], ignored: 0, failures: [] });
  });
});

describe('reading', () => {
  const lines = (count: number): string => '{"n":1}\n'.repeat(count);

  it.each([
    ['a small file', lines(2), 2],
    ['a large file', lines(200_000), 200_000],
    ['a small compressed file', gzip(lines(2)), 2],
    ['an empty file', '', 0],
    ['a file of one byte', '\n', 0],
  ])('reads %s and tells how many bytes it has', async (_, content, records) => {
    const path = put('x.ndjson', content);
    const { sink, collected } = collectingSink();
    let bytes = 0;
    const outcome = await readExport(path, sink, { onBytes: (more) => (bytes += more) });
    expect(outcome).toEqual({ kind: 'read' });
    expect(collected.values).toHaveLength(records);
    expect(bytes).toBe(content.length);
  });

  it('reads a large compressed file', async () => {
    const noise = Array.from({ length: 60_000 }, (_, n) => `{"n":"${Math.sin(n)}"}\n`).join('');
    const { sink, collected } = collectingSink();
    expect(await readExport(put('x.json.gz', gzip(noise)), sink)).toEqual({ kind: 'read' });
    expect(collected.values).toHaveLength(60_000);
  });

  it('tells the format of a file with a foreign name by its content', async () => {
    const { sink, collected } = collectingSink();
    await readExport(put('okta.log', '\ufeff [{"n":1}]'), sink);
    await readExport(put('purview.txt', 'a,b\n1,2\n'), sink);
    expect(collected.values).toEqual([{ n: 1 }, { a: '1', b: '2' }]);
    expect(await readExport(put('notes.txt', 'Dear all\nHello, you\n'), sink)).toMatchObject({
      code: 'FILE_UNPARSABLE',
    });
  });

  it.each(['missing.json', '.'])('says that a path cannot be read: %s', async (name) => {
    const { sink } = collectingSink();
    expect(await readExport(join(folder, name), sink)).toMatchObject({
      kind: 'failed',
      code: 'PATH_UNREADABLE',
    });
  });

  it('stops when it is told to', async () => {
    const path = put('x.ndjson', lines(500_000));
    const controller = new AbortController();
    const { sink } = collectingSink();
    const reading = readExport(path, sink, {
      signal: controller.signal,
      onBytes: () => controller.abort(new Error('enough')),
    });
    await expect(reading).rejects.toThrow('enough');
  });
});
