/** For building events field by field: an absent field is left out, never written as `undefined`. */

/** A type whose fields can still be set. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
