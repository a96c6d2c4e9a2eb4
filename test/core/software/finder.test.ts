import fc from 'fast-check';
import { findJiggler, JIGGLERS } from '../../../lib/core/software/jigglers.ts';
import { findRemoteTool, REMOTE_TOOLS } from '../../../lib/core/software/remote-tools.ts';
import type { Product } from '../../../lib/core/software/product.ts';
import { wordsOf } from '../../../lib/core/software/words.ts';
import { ORDINARY_MAC, ORDINARY_PACKAGES, ORDINARY_WINDOWS } from './names/ordinary.ts';
import { JIGGLER_NAMES, REMOTE_NAMES } from './names/remote.ts';

const software = (name: string, vendor?: string): { name: string; vendor?: string } =>
  vendor === undefined ? { name } : { name, vendor };

const remoteRows = REMOTE_NAMES.map(([id, name, vendor]) => ({ id, name, vendor }));
const ordinaryRows = ORDINARY_WINDOWS.map(([name, vendor]) => ({ name, vendor }));

describe('remote-access tools', () => {
  test.each(remoteRows)('$id is found in “$name” of $vendor', ({ id, name, vendor }) => {
    expect(findRemoteTool(software(name, vendor))?.product.id).toBe(id);
  });

  test.each(ordinaryRows)('nothing is found in “$name” of $vendor', ({ name, vendor }) => {
    expect(findRemoteTool(software(name, vendor))?.product.id).toBeUndefined();
    expect(findJiggler(software(name, vendor))?.product.id).toBeUndefined();
  });

  test.each(ORDINARY_PACKAGES)('nothing is found in the package %s', (name) => {
    expect(findRemoteTool({ name })?.product.id).toBeUndefined();
    expect(findJiggler({ name })?.product.id).toBeUndefined();
  });

  test.each(ORDINARY_MAC)('nothing is found in %s (%s)', (name, bundleId) => {
    expect(findRemoteTool({ name, bundleId })?.product.id).toBeUndefined();
    expect(findJiggler({ name, bundleId })?.product.id).toBeUndefined();
  });

  test('a bundle id decides before the name', () => {
    expect(findRemoteTool({ name: 'Help', bundleId: 'com.philandro.AnyDesk' })).toMatchObject({
      product: { id: 'anydesk' },
      by: 'bundle-id',
    });
  });

  test('the extension of Chrome Remote Desktop is found by its id', () => {
    expect(findRemoteTool({ name: 'x', bundleId: 'inomeogfingihgjfjlpeplalcfajhgai' })?.product.id).toBe(
      'chrome-remote-desktop',
    );
  });

  test('a file nobody else uses is enough', () => {
    expect(findRemoteTool({ name: 'Support', executable: 'AnyDesk.exe' })).toMatchObject({
      by: 'executable',
    });
  });

  test('a path before the file does not matter', () => {
    expect(findRemoteTool({ name: 'Support', executable: 'C:\\Tools\\rustdesk.exe' })?.product.id).toBe(
      'rustdesk',
    );
  });

  test.each([
    'level.exe',
    'client32.exe',
    'connect.exe',
    'dd.exe',
    'vhost.exe',
    'code-tunnel.exe',
    'agent.exe',
  ])('the file %s alone says nothing', (executable) => {
    expect(findRemoteTool({ name: 'Some program', executable })).toBeUndefined();
  });

  test('a file others use too counts with its publisher', () => {
    expect(
      findRemoteTool({ name: 'Some program', executable: 'client32.exe', vendor: 'NetSupport Ltd' })?.product
        .id,
    ).toBe('netsupport');
  });

  test('the file of a product does not make its meeting client the product', () => {
    expect(findRemoteTool({ name: 'TeamViewer Meeting', executable: 'teamviewer.exe' })).toBeUndefined();
  });

  test('the installation of ScreenConnect is told from its name', () => {
    expect(findRemoteTool({ name: 'ScreenConnect Client (0123456789ABCDEF)' })?.instance).toBe(
      '0123456789abcdef',
    );
  });

  test.each(['__proto__', 'constructor', 'toString', '', '   ', '…', '\ud800', '('.repeat(5_000)])(
    'nothing is found in %p',
    (name) => {
      expect(findRemoteTool({ name, vendor: name, bundleId: name, executable: name })).toBeUndefined();
    },
  );

  test('never throws, whatever the inventory holds', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ maxLength: 2_000 }),
    );
    fc.assert(
      fc.property(anything, anything, anything, (name, vendor, id) => {
        findRemoteTool({ name, vendor, bundleId: id, executable: id });
        findJiggler({ name, vendor, bundleId: id, executable: id });
      }),
    );
  });

  test('case and trademark signs never matter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REMOTE_NAMES), fc.constantFrom('®', '™', ' (R)', ''), (entry, sign) => {
        const [id, name, vendor] = entry;
        if (name.includes('.')) return;
        const [first = '', ...rest] = name.split(' ');
        const shown = [first + sign, ...rest].join(' ').toUpperCase();
        expect(findRemoteTool(software(shown, vendor))?.product.id).toBe(id);
      }),
    );
  });

  test('a thousand names take less than 20 µs each', () => {
    const names = [...ORDINARY_WINDOWS, ...REMOTE_NAMES.map(([, name, vendor]) => [name, vendor] as const)];
    const thousand = Array.from({ length: 1_000 }, (_, index) => names[index % names.length] ?? ['']);
    const rounds = Array.from({ length: 5 }, () => {
      const start = performance.now();
      for (const [name, vendor] of thousand) findRemoteTool(software(name, vendor));
      return performance.now() - start;
    });
    expect(Math.min(...rounds)).toBeLessThan(20);
  });
});

describe('jigglers', () => {
  test.each(JIGGLER_NAMES)('%s is found', (id, shown) => {
    expect(findJiggler(shown)?.product.id).toBe(id);
  });

  test.each(remoteRows)('$id is none: “$name” of $vendor', ({ name, vendor }) => {
    expect(findJiggler(software(name, vendor))).toBeUndefined();
  });
});

describe('the catalogues', () => {
  const products: readonly Product[] = [...REMOTE_TOOLS, ...JIGGLERS];

  test('ids are unique', () => {
    expect(new Set(products.map(({ id }) => id)).size).toBe(products.length);
  });

  test.each(products.map((product) => [product.id, product] as const))(
    '%s has something to be found by',
    (_id, product) => {
      expect(
        [
          product.names,
          product.commonNames,
          product.genericNames,
          product.bundleIds,
          product.executables,
        ].some((list) => (list ?? []).length > 0),
      ).toBe(true);
    },
  );

  test.each(products.map((product) => [product.id, product] as const))(
    '%s is written in lower case',
    (_id, product) => {
      const all = [
        product.names,
        product.commonNames,
        product.genericNames,
        product.publishers,
        product.bundleIds,
        product.viewerBundleIds,
        product.executables,
        product.genericExecutables,
        product.mayFollow,
        product.butNot,
      ].flatMap((list) => list ?? []);
      expect(all).toEqual(all.map((each) => each.toLowerCase()));
    },
  );

  test('a name says which of two products it is', () => {
    const claimed = REMOTE_TOOLS.flatMap((tool) => (tool.names ?? []).map((name) => wordsOf(name).join('')));
    expect(claimed.filter((name, index) => claimed.indexOf(name) !== index)).toEqual([]);
  });
});
