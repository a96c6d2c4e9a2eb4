/** The one shape of "a setting was changed or a resource touched" that several readers give. */
import type { ApiActivity, ApiPurpose, Resource } from '../../core/events/index.ts';
import { textAt, objectAt } from '../fields.ts';
import type { Call } from './call.ts';

/** Makes the event; `targets` are left out when there are none. */
export function apiEvent(
  call: Call,
  purpose: ApiPurpose,
  resource?: Resource,
  targets: readonly string[] = [],
): ApiActivity {
  const accessKeyUid = textAt(objectAt(call.record, 'userIdentity'), 'accessKeyId');
  return {
    kind: 'api-activity',
    ...call.base,
    operation: call.name,
    purpose,
    status: call.status,
    ...(resource === undefined ? {} : { resource }),
    ...(targets.length === 0 ? {} : { targets: targets.map((target) => target.toLowerCase()) }),
    ...(accessKeyUid === undefined ? {} : { accessKeyUid }),
    ...(call.userAgent === undefined ? {} : { userAgent: call.userAgent }),
  };
}
