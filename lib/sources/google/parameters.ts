/** Reads the parameters of a Google event: `{ name, value | intValue | boolValue | multiValue | … }` in a list. */
import { booleanAt, idAt, numberAt, objectsAt, textAt, textsAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** Longest list that is searched; Drive's longest have about thirty. */
const PARAMETERS_LIMIT = 200;

/** Finds a parameter by name. A list is searched, not made into an object: names are anybody's text. */
export function findParameter(event: RawRecord, name: string): RawRecord | undefined {
  const list = event['parameters'];
  if (!Array.isArray(list)) return undefined;
  const end = Math.min(list.length, PARAMETERS_LIMIT);
  for (let i = 0; i < end; i++) {
    const parameter: unknown = list[i];
    if (typeof parameter === 'object' && parameter !== null && (parameter as RawRecord)['name'] === name) {
      return parameter as RawRecord;
    }
  }
  return undefined;
}

/** Gives the text of a parameter: its value, or the first of several. */
export function textParameter(event: RawRecord, name: string): string | undefined {
  const parameter = findParameter(event, name);
  if (parameter === undefined) return undefined;
  return textAt(parameter, 'value') ?? textAt(parameter, 'intValue') ?? textsAt(parameter, 'multiValue')[0];
}

/**
 * Gives the texts of a parameter whose values Google defines, whether it has one or several: uncut, and with `none` and
 * `unknown` among them, which as text for people would count as nothing.
 */
export function wordsParameter(event: RawRecord, name: string): readonly string[] {
  const parameter = findParameter(event, name);
  const several = parameter?.['multiValue'];
  const words: readonly unknown[] = Array.isArray(several) ? several : [parameter?.['value']];
  return words.filter((word) => typeof word === 'string');
}

/** Gives a parameter that is an id: not cut as text for people is. */
export function idParameter(event: RawRecord, name: string): string | undefined {
  return idAt(findParameter(event, name), 'value');
}

export function booleanParameter(event: RawRecord, name: string): boolean | undefined {
  const parameter = findParameter(event, name);
  return booleanAt(parameter, 'boolValue') ?? booleanAt(parameter, 'value');
}

/** Gives a number; Google writes 64-bit integers as text. */
export function numberParameter(event: RawRecord, name: string): number | undefined {
  const parameter = findParameter(event, name);
  return numberAt(parameter, 'intValue') ?? numberAt(parameter, 'value');
}

/** Gives the messages of a parameter that holds a list of them; each has parameters of its own. */
export function messagesParameter(event: RawRecord, name: string): readonly RawRecord[] {
  // Inside a message the list is called `parameter`.
  return objectsAt(findParameter(event, name), 'multiMessageValue').map((message) => ({
    parameters: message['parameter'],
  }));
}
