/** Services that others on this machine answer for; their calls pass through the gateway like all others. */
import { errorNameOf, type Answer } from './answer.ts';
import { formBody, isJson, jsonOperation, type AwsRequest } from './request.ts';
import type { Service } from './service.ts';

/** Makes a service of another server. @param url - where it listens */
export function forwardedTo(url: string): Service {
  return (request) => {
    const form = isJson(request) ? undefined : formBody(request);
    const operation = form === undefined ? jsonOperation(request) : (form.get('Action') ?? request.method);
    return {
      action: `${request.service}:${operation}`,
      // Of what we ask others, roles alone are resources to IAM.
      resources: [form?.get('RoleArn') ?? '*'],
      run: () => forward(request, url),
    };
  };
}

/** Headers of the connection, and those that `fetch` makes itself. */
const NOT_PASSED_ON = ['connection', 'content-length', 'expect', 'host', 'transfer-encoding'];

async function forward(request: AwsRequest, url: string): Promise<Answer> {
  const headers = Object.entries(request.headers).filter(([name]) => !NOT_PASSED_ON.includes(name));
  const response = await fetch(new URL(request.path, url), {
    method: request.method,
    headers: headers as [string, string][],
    ...(request.body.length === 0 ? {} : { body: new Uint8Array(request.body) }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? 'application/json';
  return {
    status: response.status,
    headers: { 'content-type': type },
    body,
    outcome: response.ok ? 'ok' : errorNameOf(body.toString(), response.status),
  };
}
