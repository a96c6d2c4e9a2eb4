/** Finds the product of a catalogue that a row of an inventory shows. */
import type { SoftwarePackage } from '../events/inventory.ts';
import { mayFollowAnyName, namesAPart } from './following-words.ts';
import type { Product } from './product.ts';
import { publisherWords, wordsOf } from './words.ts';

export interface Found<P extends Product = Product> {
  readonly product: P;
  /** What told: an id, the name, the name with a matching publisher, what it answers when plugged in, the file alone. */
  readonly by: 'bundle-id' | 'name' | 'publisher' | 'hardware-id' | 'executable';
  /** Which installation, for products whose name carries it: 16 hexadecimal digits. */
  readonly instance?: string;
}

/** What a row shows: a program, or something plugged in. */
export interface Shown extends SoftwarePackage {
  /** The ids of something plugged in, the most telling first; see `Product.hardwareIds`. */
  readonly hardwareIds?: readonly string[];
}

export type Finder<P extends Product = Product> = (shown: Shown) => Found<P> | undefined;

interface Entry<P extends Product> {
  readonly product: P;
  readonly names: 'names' | 'commonNames' | 'genericNames';
  readonly mayFollow: ReadonlySet<string>;
}

/** Most words a product's name is looked for in. */
const NAME_WORDS = 6;
const INSTANCE = /^[0-9a-f]{16}$/;

/**
 * Makes the finder of a catalogue.
 *
 * From sure to unsure, the first that tells decides: the bundle id; the name, which has to be the product's from its
 * first word and may be followed only by versions, editions and the like, or by anything but a part's name when the
 * publisher is the product's own; the id it answers by; the file name, unless others use it too. One product at most is
 * found.
 *
 * @example softwareFinder(REMOTE_TOOLS)({ name: 'AnyDesk 8.0.10' })?.product.id // => 'anydesk'
 * @example softwareFinder(REMOTE_TOOLS)({ name: 'TeamViewer Meeting' }) // => undefined
 */
export function softwareFinder<P extends Product>(products: readonly P[]): Finder<P> {
  // Most processes never see an inventory.
  let index: Index<P> | undefined;
  return (shown) => find(shown, (index ??= indexOf(products)));
}

interface Index<P extends Product> {
  /** `undefined` for the id of a part that only views. */
  readonly byBundleId: ReadonlyMap<string, P | undefined>;
  readonly byName: ReadonlyMap<string, readonly Entry<P>[]>;
  readonly byHardwareId: ReadonlyMap<string, P>;
  readonly byExecutable: ReadonlyMap<string, readonly { product: P; generic: boolean }[]>;
}

function indexOf<P extends Product>(products: readonly P[]): Index<P> {
  const byBundleId = new Map<string, P | undefined>();
  const byName = new Map<string, Entry<P>[]>();
  const byHardwareId = new Map<string, P>();
  const byExecutable = new Map<string, { product: P; generic: boolean }[]>();
  for (const product of products) {
    for (const id of product.bundleIds ?? []) byBundleId.set(id, product);
    for (const id of product.viewerBundleIds ?? []) byBundleId.set(id, undefined);
    const own = [product.vendor, ...(product.publishers ?? [])].flatMap((publisher) => wordsOf(publisher));
    const mayFollow = new Set([...(product.mayFollow ?? []), ...own]);
    for (const names of ['names', 'commonNames', 'genericNames'] as const) {
      for (const name of product[names] ?? [])
        push(byName, wordsOf(name).join(''), { product, names, mayFollow });
    }
    for (const id of product.hardwareIds ?? []) byHardwareId.set(id, product);
    for (const file of product.executables ?? []) push(byExecutable, file, { product, generic: false });
    for (const file of product.genericExecutables ?? []) push(byExecutable, file, { product, generic: true });
  }
  return { byBundleId, byName, byHardwareId, byExecutable };
}

function find<P extends Product>(
  software: Shown,
  { byBundleId, byName, byHardwareId, byExecutable }: Index<P>,
): Found<P> | undefined {
  const bundleId = software.bundleId?.toLowerCase();
  if (bundleId !== undefined && byBundleId.has(bundleId)) {
    const product = byBundleId.get(bundleId);
    return product === undefined ? undefined : { product, by: 'bundle-id' };
  }
  const publisher = software.vendor === undefined ? undefined : publisherWords(software.vendor);
  const words = wordsOf(software.name);
  /** The name is of this product's family, but of a part: its files tell nothing then. */
  let refused: P | undefined;
  const joined: string[] = [];
  for (const word of words.slice(0, NAME_WORDS)) joined.push((joined.at(-1) ?? '') + word);
  for (let count = joined.length; count > 0; count--) {
    for (const entry of byName.get(joined[count - 1] ?? '') ?? []) {
      const by = accepts(entry, words.slice(count), software.name, publisher);
      if (by === undefined) {
        refused ??= entry.product;
        continue;
      }
      const instance = entry.product.hasInstances
        ? words.slice(count).find((word) => INSTANCE.test(word))
        : undefined;
      return { product: entry.product, by, ...(instance === undefined ? {} : { instance }) };
    }
  }
  for (const id of software.hardwareIds ?? []) {
    const product = byHardwareId.get(id);
    if (product !== undefined) return { product, by: 'hardware-id' };
  }
  const file = fileName(software.executable);
  for (const { product, generic } of (file === undefined ? undefined : byExecutable.get(file)) ?? []) {
    if (product !== refused && (!generic || isPublishedBy(product, publisher)))
      return { product, by: 'executable' };
  }
  return undefined;
}

function accepts(
  { product, names, mayFollow }: Entry<Product>,
  rest: readonly string[],
  name: string,
  publisher: string | undefined,
): 'name' | 'publisher' | undefined {
  if (product.notExactly?.includes(name.trim())) return undefined;
  if (rest.some((word) => product.butNot?.includes(word))) return undefined;
  const theirs = isPublishedBy(product, publisher);
  if (names === 'genericNames' && !theirs) return undefined;
  if (names === 'commonNames' && publisher !== undefined && !theirs) return undefined;
  if (rest.every((word) => mayFollowAnyName(word) || mayFollow.has(word))) return 'name';
  return theirs && !rest.some((word) => namesAPart(word)) ? 'publisher' : undefined;
}

/** One word has to be the whole publisher; several may stand anywhere in it, as in a certificate's subject. */
function isPublishedBy(product: Product, publisher: string | undefined): boolean {
  if (publisher === undefined) return false;
  return (product.publishers ?? []).some(
    (own) => own === publisher || (own.includes(' ') && ` ${publisher} `.includes(` ${own} `)),
  );
}

function fileName(executable: string | undefined): string | undefined {
  return executable
    ?.slice(Math.max(executable.lastIndexOf('/'), executable.lastIndexOf('\\')) + 1)
    .toLowerCase();
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
