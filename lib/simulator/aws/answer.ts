/** Answers as AWS writes them: the JSON protocol of most services, and the XML of STS. */
import type { ServerResponse } from 'node:http';

/** What a service answers; `fault` is AWS's name of an error. */
export type Answer =
  { readonly body: object } | { readonly fault: string; readonly message: string; readonly status?: number };

/** Answers in JSON. */
export function sendJson(response: ServerResponse, answer: Answer): void {
  const [status, body] =
    'body' in answer
      ? [200, answer.body]
      : [answer.status ?? 400, { __type: answer.fault, message: answer.message }];
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}

/** Answers in XML; the body's keys are elements. */
export function sendXml(response: ServerResponse, operation: string, answer: Answer): void {
  const [status, name, content] =
    'body' in answer
      ? [
          200,
          `${operation}Response`,
          { [`${operation}Result`]: answer.body, ResponseMetadata: { RequestId } },
        ]
      : [
          answer.status ?? 400,
          'ErrorResponse',
          { Error: { Type: 'Sender', Code: answer.fault, Message: answer.message }, RequestId },
        ];
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(`<${name} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${elementsOf(content)}</${name}>`);
}

const RequestId = '00000000-0000-4000-8000-000000000000';

function elementsOf(content: object): string {
  return Object.entries(content)
    .map(([key, value]: [string, unknown]) => `<${key}>${textOf(value)}</${key}>`)
    .join('');
}

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return elementsOf(value);
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
