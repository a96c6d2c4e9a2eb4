/** Answers in AWS's protocols: JSON, the XML of the query protocol, and that of S3. */
import { isJson, type AwsRequest } from './request.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** `ok`, or AWS's name of the error. */
  readonly outcome: string;
}

/** An error with AWS's name for it. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Answers a JSON request. */
export function jsonAnswer(request: AwsRequest, body: object): Answer {
  return {
    status: 200,
    headers: { 'content-type': String(request.headers['content-type']) },
    body: JSON.stringify(body),
    outcome: 'ok',
  };
}

/** Answers a query request. @param result - the inside of `<…Result>`, as XML */
export function queryAnswer(operation: string, result: string): Answer {
  const inside = `<${operation}Result>${result}</${operation}Result>`;
  const metadata = '<ResponseMetadata><RequestId>twin</RequestId></ResponseMetadata>';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${operation}Response>${inside}${metadata}</${operation}Response>`,
    outcome: 'ok',
  };
}

/** Refuses a request in its own protocol. */
export function failureAnswer(request: AwsRequest, { status, code, message }: Failure): Answer {
  if (isJson(request)) {
    const body = JSON.stringify({ __type: code, message });
    return { ...jsonAnswer(request, {}), status, body, outcome: code };
  }
  const error = `<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  const body = request.service === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body, outcome: code };
}

/** Gives text that may stand in XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Finds AWS's name of an error in an answer; the status where there is none. */
export function errorNameOf(body: string, status: number): string {
  const [, inXml, inJson] = /<Code>(\w+)<\/Code>|"__type":"(?:[^"#]*#)?(\w+)"/.exec(body) ?? [];
  return inXml ?? inJson ?? String(status);
}
