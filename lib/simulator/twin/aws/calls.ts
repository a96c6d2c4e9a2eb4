/** What callers did, as IAM would judge it. */

export interface Call {
  /** The caller's name: the access key id up to `~`. */
  readonly caller: string;
  /** What follows `~` in the access key id. */
  readonly run: string | undefined;
  /** IAM's name: `dynamodb:UpdateItem`, `sqs:SendMessage` for a batch too. */
  readonly action: string;
  /** ARNs of what it touches; `*` where IAM knows no resource for it. */
  readonly resources: readonly string[];
  /** Milliseconds since 1970 by the twin's clock. */
  readonly time: number;
  /** `ok`, AWS's name of the error, or what was done to it on purpose: `reset`, `killed`. */
  readonly outcome: string;
}
