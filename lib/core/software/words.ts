/** Takes the names inventories show apart into words that can be compared. */

/** Longest name looked at; longer ones are cut. */
const NAME_LIMIT = 256;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const TRADEMARKS = /[®™©℠]|\((?:r|tm|c|sm)\)/gi;
/** Which installation it is: `Remote Support Jump Client [support.example.com]`. */
const BRACKETED = /\[[^\]]*\]/g;
const FILE_SUFFIX = /\.(?:app|exe|msi|pkg|dmg|deb|rpm|apk)(?![\p{L}\p{N}])/gu;
/** Runs of Chinese, Japanese or Korean stand apart from Latin ones beside them; a dot between letters joins. */
const WORD =
  /[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]&&\p{L}]+|[[\p{L}\p{M}\p{N}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]]+(?:\.[[\p{L}\p{M}\p{N}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]]+)*/gv;
const PLAIN_WORD = /[a-z0-9]+(?:\.[a-z0-9]+)*/g;
// eslint-disable-next-line no-control-regex -- ASCII is spelled as its range
const ASCII = /^[\x00-\x7f]*$/;

/**
 * Gives the words of a name: lower case, in one Unicode spelling, without trademark signs, file suffixes and bracketed
 * installations. Versions stay one word.
 *
 * @example wordsOf('TeamViewer® 15.2 Host') // => ['teamviewer', '15.2', 'host']
 * @example wordsOf('ToDesk远程控制') // => ['todesk', '远程控制']
 */
export function wordsOf(name: string): readonly string[] {
  const cut = name.length > NAME_LIMIT ? name.slice(0, NAME_LIMIT) : name;
  const bare = cut.replace(TRADEMARKS, ' ').replace(BRACKETED, ' ');
  if (ASCII.test(bare)) return bare.toLowerCase().replace(FILE_SUFFIX, ' ').match(PLAIN_WORD) ?? [];
  return (
    bare.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().replace(FILE_SUFFIX, ' ').match(WORD) ?? []
  );
}

/** Endings of company names that say nothing of which company it is. */
const LEGAL: ReadonlySet<string> = new Set(
  'inc incorporated llc llp ltd limited gmbh co company corp corporation srl s.r.l s.r s.a sarl s.a.r.l sa ag bv b.v pte kg oy ab pty plc spa s.p.a sp z o.o ou kft as'.split(
    ' ',
  ),
);

/**
 * Gives a publisher's name as words without the legal form.
 *
 * @example publisherWords('AnyDesk Software GmbH') // => 'anydesk software'
 */
export function publisherWords(publisher: string): string {
  const words = wordsOf(publisher);
  const kept = words.filter((word) => !LEGAL.has(word));
  return (kept.length === 0 ? words : kept).join(' ');
}
