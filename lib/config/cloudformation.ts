/** CloudFormation as text, for templates that are handed to others and never become one of our own stacks. */

/**
 * Writes a template as JSON text. Every text in it that holds `${…}` becomes an `Fn::Sub`, so that names of parameters
 * and resources can stand where they are read.
 */
export function stackTemplate(parts: {
  readonly Description: string;
  readonly Parameters: object;
  readonly Conditions?: object;
  readonly Resources: object;
  readonly Outputs: object;
}): string {
  const template = { AWSTemplateFormatVersion: '2010-09-09', ...parts };
  return `${JSON.stringify(template, substitute, 2)}\n`;
}

function substitute(key: string, value: unknown): unknown {
  return typeof value === 'string' && value.includes('${') && key !== 'Fn::Sub'
    ? { 'Fn::Sub': value }
    : value;
}

/** Makes a parameter; without a value it is asked for when the template is deployed. */
export function parameter(Description: string, AllowedPattern: string, value: string | undefined): object {
  return { Type: 'String', Description, AllowedPattern, ...(value === undefined ? {} : { Default: value }) };
}

export function policy(...Statement: readonly object[]): object {
  return { Version: '2012-10-17', Statement };
}
