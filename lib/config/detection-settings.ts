/** `detections` of ringer.yaml: what an organization changes of the catalogue. */
import * as z from 'zod';
import type { Severity } from '../core/alerts/severity.ts';
import { list, section, severity, text, yesOrNo } from './values.ts';

type ParameterValue = number | boolean | readonly string[];

/** What the schema needs of a detection; a `Detection` is one. A parameter's default shows its type. */
export interface CatalogueEntry {
  readonly id: string;
  readonly parameters: Readonly<Record<string, { readonly value: ParameterValue }>>;
}

/** The settings of one detection. */
export interface DetectionSetting {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

const COMMON = { enabled: yesOrNo.exactOptional(), severity: severity.exactOptional() };

const ANY_PARAMETER = z.union([z.number(), z.boolean(), z.array(z.string())], {
  error: 'a number, true or false, or a list of texts',
});

/**
 * Makes the section. With a catalogue, ids, parameter names and their types are checked.
 *
 * A parameter stands under its detection by name, or under `parameters` there.
 */
export function detectionsSection(catalogue: readonly CatalogueEntry[] | undefined) {
  const shape: Record<string, z.ZodType<DetectionSetting | undefined>> = {};
  for (const { id, parameters } of catalogue ?? []) shape[id] = checkedSettings(parameters).optional();
  const settings: z.ZodType<Record<string, DetectionSetting | undefined>> =
    catalogue === undefined
      ? z.record(z.string(), uncheckedSettings(), { error: 'a mapping' })
      : section(shape);
  return settings.nullish().transform((value) => {
    const present = Object.entries(value ?? {}).filter(
      (entry): entry is [string, DetectionSetting] => entry[1] !== undefined,
    );
    return Object.fromEntries(present);
  });
}

function checkedSettings(parameters: CatalogueEntry['parameters']) {
  const shape: Record<string, z.ZodType<ParameterValue | undefined>> = {};
  for (const [name, { value }] of Object.entries(parameters)) shape[name] = parameterLike(value).optional();
  return section({ ...COMMON, parameters: section(shape).optional(), ...shape }).transform(gathered);
}

function uncheckedSettings() {
  return z
    .object({ ...COMMON, parameters: z.record(z.string(), ANY_PARAMETER).optional() }, { error: 'a mapping' })
    .catchall(ANY_PARAMETER)
    .transform(gathered);
}

function parameterLike(value: ParameterValue): z.ZodType<ParameterValue> {
  if (typeof value === 'boolean') return yesOrNo;
  if (typeof value === 'number') return z.number({ error: 'a number' });
  return list(text);
}

function gathered(written: Readonly<Record<string, unknown>>): DetectionSetting {
  const { enabled, severity: own, parameters, ...flat } = written;
  const named = Object.entries({ ...(parameters as object | undefined), ...flat }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    ...(enabled === undefined ? {} : { enabled: enabled as boolean }),
    ...(own === undefined ? {} : { severity: own as Severity }),
    parameters: Object.fromEntries(named) as DetectionSetting['parameters'],
  };
}
