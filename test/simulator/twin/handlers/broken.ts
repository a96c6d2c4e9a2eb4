/** A function whose module does not load. */
import { RingerError } from '../../../../lib/core/errors.ts';

export const handler = undefined;

throw new RingerError('ENVIRONMENT_INVALID', 'a variable is missing');
