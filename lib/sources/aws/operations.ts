/** Calls that mean what they are called: data exported in bulk, the records of what was done turned off. */
import type { ApiPurpose } from '../../core/events/index.ts';
import { idAt, objectAt } from '../fields.ts';
import { apiEvent } from './api-event.ts';
import type { Call, Read } from './call.ts';

/** Makes a reader of a call whose name says everything but what it was done to: the parameter at one of `keys`. */
export function operation(purpose: ApiPurpose, type: string, ...keys: readonly string[]): Read {
  return (call) => {
    const uid = firstIdAt(call, keys);
    return apiEvent(call, purpose, uid === undefined ? undefined : { type, uid });
  };
}

/** Reads flow logs deleted: EC2 writes their id as XML would have it. */
export function flowLogsDeleted(call: Call): ReturnType<Read> {
  const id = objectAt(objectAt(call.parameters, 'DeleteFlowLogsRequest'), 'FlowLogId');
  const uid = idAt(id, 'content');
  return apiEvent(call, 'audit-log-change', uid === undefined ? undefined : { type: 'flow-log', uid });
}

function firstIdAt(call: Call, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const id = idAt(call.parameters, key);
    if (id !== undefined) return id;
  }
  return undefined;
}
