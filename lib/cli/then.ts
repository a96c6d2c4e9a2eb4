/** Makes commander's action of a verb that gives an exit code. */
export type Then = <A extends readonly unknown[]>(
  verb: (...args: A) => number | Promise<number>,
) => (...given: A) => Promise<void>;
