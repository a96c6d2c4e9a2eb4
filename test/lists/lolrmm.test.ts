import fc from 'fast-check';
import { RingerError } from '../../lib/core/errors.ts';
import { softwareFinder } from '../../lib/core/software/finder.ts';
import { REMOTE_TOOLS } from '../../lib/core/software/remote-tools.ts';
import { mergeLolrmm } from '../../lib/lists/lolrmm.ts';
import { ORDINARY_PACKAGES, ORDINARY_WINDOWS } from '../core/software/names/ordinary.ts';

const published = (name: string, details: object = {}, more: object = {}): object => ({
  Name: name,
  Category: 'RMM',
  Details: details,
  ...more,
});
const merge = (...entries: readonly unknown[]) => mergeLolrmm(REMOTE_TOOLS, JSON.stringify(entries));
const addedIds = (merged: ReturnType<typeof merge>) =>
  merged.tools.slice(REMOTE_TOOLS.length).map((tool) => tool.id);

const PLAIN = published('Example RMM', {
  PEMetadata: { Filename: 'examplermm.exe', OriginalFileName: '' },
  InstallationPaths: ['C:\\Program Files\\Example\\examplermm-agent.exe', 'C:\\Program Files\\Example\\*'],
});

describe('an export of LOLRMM', () => {
  it('adds a tool our own catalogue lacks', () => {
    const merged = merge(PLAIN);
    expect(merged.added).toEqual(['Example RMM']);
    expect(merged.tools.at(-1)).toMatchObject({
      id: 'lolrmm-example-rmm',
      class: 'rmm',
      imported: true,
      executables: ['examplermm.exe', 'examplermm-agent.exe'],
    });
  });

  it('is read as an array and as one object a line, published and repacked', () => {
    const repacked = {
      name: 'Sample Support',
      category: 'RMM',
      pe: [{ Filename: 'samplesupport.exe' }],
      paths: [],
      signers: ['Sample Inc.'],
    };
    const lines = `\ufeff${JSON.stringify(PLAIN)}\r\n\n${JSON.stringify(repacked)}\n`;
    expect(mergeLolrmm(REMOTE_TOOLS, lines).added).toEqual(['Example RMM', 'Sample Support']);
  });

  it('changes and removes nothing of our own', () => {
    const merged = merge(published('AnyDesk', { PEMetadata: { Filename: 'putty.exe' } }), PLAIN);
    expect(merged.tools.slice(0, REMOTE_TOOLS.length)).toEqual(REMOTE_TOOLS);
    expect(merged.known).toBe(1);
  });

  it.each([
    'PuTTY',
    'PsExec',
    'WinSCP',
    'Tanium',
    'Rapid7',
    'Jump Cloud',
    'Addigy',
    'Basecamp',
    'WebEx (Remote Access)',
    'Syncthing',
    'Zabbix Agent',
    'GLPI Agent',
  ])('never makes an alert of %s', (name) => {
    const merged = merge(published(name, { PEMetadata: { Filename: `${name}-client.exe` } }));
    expect(merged.added).toEqual([]);
    expect(merged.leftOut).toEqual([{ name, because: 'on the deny-list: ordinary software' }]);
  });

  it('leaves out what is not remote management', () => {
    expect(merge({ Name: 'Some Terminal', Category: 'RAT' }).added).toEqual([]);
  });

  it.each(['agent.exe', 'setup.exe', 'level.exe', 'client32.exe', 'rd.exe', 'winpty-agent.exe'])(
    'does not take the file %s, which many programs have',
    (file) => {
      const merged = merge(published('Example RMM', { PEMetadata: { Filename: file } }));
      expect(softwareFinder(merged.tools)({ name: 'Something', executable: file })).toBeUndefined();
    },
  );

  it('does not take a file two tools claim', () => {
    const two = [
      published('Example RMM', { PEMetadata: { Filename: 'shared-helper.exe' } }),
      published('Sample RMM', { PEMetadata: { Filename: 'shared-helper.exe' } }),
    ];
    expect(
      softwareFinder(merge(...two).tools)({ name: 'Something', executable: 'shared-helper.exe' }),
    ).toBeUndefined();
  });

  it('needs a publisher for a name that is one common word', () => {
    const find = softwareFinder(
      merge(published('Centurion', { PEMetadata: {} }, { CodeSigning: [{ Signer: 'Centurion Tech Ltd' }] }))
        .tools,
    );
    expect(find({ name: 'Centurion' })).toBeUndefined();
    expect(find({ name: 'Centurion', vendor: 'Centurion Tech Ltd' })?.product.id).toBe('lolrmm-centurion');
  });

  it('does not believe signers of whole ecosystems', () => {
    const merged = merge(published('Example RMM', {}, { CodeSigning: 'Microsoft Corporation' }));
    expect(merged.tools.at(-1)?.publishers).toEqual([]);
  });

  it('joins two entries of one name', () => {
    const merged = merge(
      PLAIN,
      published('Example RMM (formerly Sample)', { PEMetadata: [{ Filename: 'example-rmm.exe' }] }),
    );
    expect(addedIds(merged)).toEqual(['lolrmm-example-rmm']);
    expect(merged.tools.at(-1)?.executables).toHaveLength(3);
  });

  it('says which entries it could not read, and reads the rest', () => {
    const merged = merge(null, 'AnyDesk', { Name: 7 }, { Name: '' }, PLAIN, {
      Name: 'Sample RMM',
      Details: 'x',
    });
    expect(merged.rejected.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    expect(merged.added).toEqual(['Example RMM', 'Sample RMM']);
  });

  it('keeps every ordinary program silent', () => {
    const find = softwareFinder(merge(PLAIN, published('Access Remote PC'), published('DesktopNow')).tools);
    const names = [...ORDINARY_WINDOWS, ...ORDINARY_PACKAGES.map((name) => [name, undefined] as const)];
    const found = names.filter(
      ([name, vendor]) => find({ name, ...(vendor === undefined ? {} : { vendor }) }) !== undefined,
    );
    expect(found).toEqual([]);
  });

  it.each(['', 'not json', '{"Name":', '[]', '[1,2]', '<html>', `["${'x'.repeat(9_000_000)}"]`])(
    'is refused when it is no such export',
    (text) => {
      expect(() => mergeLolrmm(REMOTE_TOOLS, text)).toThrow(
        expect.objectContaining({ code: 'LIST_UNREADABLE' }) as RingerError,
      );
    },
  );

  it('never fails in another way', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({ Name: fc.string(), Details: fc.jsonValue(), CodeSigning: fc.jsonValue() }),
          ),
        ),
        (entries) => {
          try {
            mergeLolrmm(REMOTE_TOOLS, JSON.stringify(entries));
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(RingerError);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
