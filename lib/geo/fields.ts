/** Reads fields of database records nobody has checked: another type, empty or missing is `undefined`. */

export type Fields = Readonly<Record<string, unknown>>;

/** Gives the object at a key, or an empty one. */
export function fieldsAt(fields: Fields, key: string): Fields {
  return asFields(fields[key]);
}

export function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** Gives the text at a key, trimmed and cut to 128 characters. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  const text = typeof value === 'string' ? value.trim().slice(0, 128) : '';
  return text === '' ? undefined : text;
}
