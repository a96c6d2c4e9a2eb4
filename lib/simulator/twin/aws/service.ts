/** What a service of AWS is here: it says what a request asks for before it does it. */
import type { Answer } from './answer.ts';
import type { AwsRequest } from './request.ts';

export type Service = (request: AwsRequest) => Asked;

export interface Asked {
  /** IAM's name of the action. */
  readonly action: string;
  /** ARNs of what it touches. */
  readonly resources: readonly string[];
  /**
   * Does it. Never throws for what AWS has an error for.
   *
   * @param share - `half`: the second half of a batch is left undone, and the answer says so; no batch is ever halved
   * to nothing
   */
  readonly run: (share: 'whole' | 'half') => Promise<Answer>;
}
