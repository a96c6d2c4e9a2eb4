/** Links in answers are followed with our token, so only those that stay where the token belongs. */
import { RingerError } from '../../core/errors.ts';

/** Gives a link as a URL, or `undefined` when it leads anywhere but to the service that gave it. */
export function ownLink(link: unknown, service: URL): URL | undefined {
  if (typeof link !== 'string' || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  return url.origin === service.origin && url.username === '' && url.password === '' ? url : undefined;
}

/** Makes the error of a link that was not followed. */
export function foreignLink(service: URL): RingerError {
  return new RingerError('SOURCE_SHAPE_CHANGED', `${service.host} gave a link that is not its own`);
}
