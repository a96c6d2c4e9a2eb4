/** What a function's thread and the twin say to each other. */

/** What a thread is started with. */
export interface InstanceSetup {
  /** The module that exports `handler`. */
  readonly path: string;
  readonly clockMemory: SharedArrayBuffer;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly logGroup: string;
}

export type ToInstance =
  | {
      readonly say: 'invoke';
      readonly requestId: string;
      /** JSON. */
      readonly event: string;
      /** When the invocation is cut off, in milliseconds since 1970 by the twin's clock. */
      readonly deadline: number;
    }
  | { readonly say: 'wake'; readonly sleep: number };

export type FromInstance =
  /** JSON of what the handler gave; `undefined` when it gave nothing. */
  | { readonly say: 'done'; readonly result: string | undefined }
  /** The handler threw; `lost` when the module did not even load, and the thread is of no use. */
  | { readonly say: 'failed'; readonly type: string; readonly message: string; readonly lost: boolean }
  | { readonly say: 'sleep'; readonly sleep: number; readonly ms: number }
  | { readonly say: 'log'; readonly text: string };
