/** The `Link` header by which Okta pages, and which of its links may be followed. */
const LINK = /<([^<>]*)>\s*;[^,<]*\brel="?next"?/;

/**
 * Finds the `next` link among several `link` headers, which `Headers` joins with commas, or in one list of them.
 *
 * The link is opaque: it is used as it is written, never decoded.
 *
 * @example nextLink(new Headers({ link: '<https://a/?x=1>; rel="self", <https://a/?x=2>; rel="next"' })) // => 'https://a/?x=2'
 */
export function nextLink(headers: Headers): string | undefined {
  const text = headers.get('link');
  return text === null ? undefined : LINK.exec(text)?.[1];
}

/**
 * Gives a link as a URL, or `undefined` when it leads anywhere but to the organization's own list: it would be given the
 * credential.
 */
export function ownUrl(link: string, origin: string, path: string): URL | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  return url.origin === origin && url.pathname === path && url.username === '' ? url : undefined;
}
