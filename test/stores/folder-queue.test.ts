import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderQueue } from '../../lib/stores/embedded/folder-queue.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'queue-'));

describe('a queue in a folder', () => {
  it('gives what was sent in its order, and that which is sent meanwhile', async () => {
    const queue = openFolderQueue(folder());
    await queue.send('a');
    await queue.send('b');
    const got: string[] = [];
    await queue.drain(async (body) => {
      got.push(body);
      if (body === 'a') await queue.send('c');
    });
    expect(got).toEqual(['a', 'b', 'c']);
    expect(queue.size()).toBe(0);
  });

  it('keeps a message whose work failed, and those behind it, for the next process too', async () => {
    const directory = folder();
    const queue = openFolderQueue(directory);
    for (const body of ['a', 'b', 'c']) await queue.send(body);
    const failing = queue.drain((body) =>
      body === 'b' ? Promise.reject(new Error('no')) : Promise.resolve(),
    );
    await expect(failing).rejects.toThrow('no');
    const next = openFolderQueue(directory);
    await next.send('d');
    const got: string[] = [];
    await next.drain((body) => {
      got.push(body);
      return Promise.resolve();
    });
    expect(got).toEqual(['b', 'c', 'd']);
  });

  it('takes no notice of a message that was not written whole', () => {
    const directory = folder();
    writeFileSync(join(directory, '0000000000000007.part'), 'half');
    expect(openFolderQueue(directory).size()).toBe(0);
  });
});
