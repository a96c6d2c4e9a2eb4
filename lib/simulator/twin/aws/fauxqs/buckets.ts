/** S3: which object a request is about, and the one condition of writes that fauxqs does not heed. */
import { failureAnswer } from '../answer.ts';
import type { AwsRequest } from '../request.ts';
import type { Asked } from '../service.ts';
import type { Emulator } from './emulator.ts';

export class Buckets {
  readonly #emulator: Emulator;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const { pathname, searchParams } = new URL(request.path, 'http://twin');
    const [bucket = '', ...rest] = pathname.slice(1).split('/');
    const key = decodeURIComponent(rest.join('/'));
    return {
      action: actionOf(request.method, bucket, key, searchParams),
      resources: resourcesOf(request, bucket, key, searchParams),
      run: async () => {
        if (request.headers['if-none-match'] === '*' && (await this.#exists(pathname))) {
          return failureAnswer(request, { status: 412, code: 'PreconditionFailed', message: pathname });
        }
        return this.#emulator.answer(request);
      },
    };
  };

  async create(name: string): Promise<{ readonly arn: string }> {
    await this.#emulator.path('PUT', `/${name}`);
    return { arn: `arn:aws:s3:::${name}` };
  }

  #exists(path: string): Promise<boolean> {
    return this.#emulator.path('HEAD', path).then(
      () => true,
      () => false,
    );
  }
}

function actionOf(method: string, bucket: string, key: string, query: URLSearchParams): string {
  if (bucket === '') return 's3:ListAllMyBuckets';
  if (query.has('delete')) return 's3:DeleteObject';
  if (key === '') return method === 'PUT' ? 's3:CreateBucket' : 's3:ListBucket';
  if (method === 'GET' || method === 'HEAD') return 's3:GetObject';
  return method === 'DELETE' ? 's3:DeleteObject' : 's3:PutObject';
}

function resourcesOf(
  { body }: AwsRequest,
  bucket: string,
  key: string,
  query: URLSearchParams,
): readonly string[] {
  const arn = bucket === '' ? '*' : `arn:aws:s3:::${bucket}`;
  if (key !== '') return [`${arn}/${key}`];
  if (!query.has('delete')) return [arn];
  return [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, each]) => `${arn}/${each}`);
}
