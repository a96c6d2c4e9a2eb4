/** An event while it is being filled in: the optional fields are set where the record has them. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
