/** Reads the `Link` header by which Okta pages. */
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
