/** STS: who a caller is, and roles of other accounts. */
import { failureAnswer, queryAnswer, type Answer } from './answer.ts';
import { TWIN_ACCOUNT_ID } from './place.ts';
import { formBody, type AwsRequest } from './request.ts';
import type { Asked } from './service.ts';

/** Says what a request asks for. */
export function tokens(request: AwsRequest): Asked {
  const form = formBody(request);
  const operation = form.get('Action') ?? '';
  return {
    action: `sts:${operation}`,
    resources: [form.get('RoleArn') ?? '*'],
    run: () => Promise.resolve(answer(request, operation, form)),
  };
}

function answer(request: AwsRequest, operation: string, form: URLSearchParams): Answer {
  const { caller } = request;
  if (operation === 'GetCallerIdentity') {
    const arn = `arn:aws:sts::${TWIN_ACCOUNT_ID}:assumed-role/${caller}/${caller}`;
    const who = `<Arn>${arn}</Arn><UserId>AROATWIN:${caller}</UserId><Account>${TWIN_ACCOUNT_ID}</Account>`;
    return queryAnswer(operation, who);
  }
  const [, account, role] =
    /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(form.get('RoleArn') ?? '') ?? [];
  if (operation !== 'AssumeRole' || account === undefined || role === undefined) {
    const message = `the twin has no ${operation} of ${form.get('RoleArn')}`;
    return failureAnswer(request, { status: 400, code: 'ValidationError', message });
  }
  const session = form.get('RoleSessionName') ?? '';
  const run = request.run === undefined ? '' : `~${request.run}`;
  const expires = new Date(Date.now() + Number(form.get('DurationSeconds') ?? 3_600) * 1_000);
  return queryAnswer(
    operation,
    `<Credentials><AccessKeyId>${caller}@${account}.${role}${run}</AccessKeyId>` +
      '<SecretAccessKey>twin</SecretAccessKey><SessionToken>twin</SessionToken>' +
      `<Expiration>${expires.toISOString()}</Expiration></Credentials>` +
      `<AssumedRoleUser><AssumedRoleId>AROATWIN:${session}</AssumedRoleId>` +
      `<Arn>arn:aws:sts::${account}:assumed-role/${role}/${session}</Arn></AssumedRoleUser>`,
  );
}
