/** What functions write to their logs, line by line, and the metrics that are embedded in it. */
import type { EpochMs } from '../../../core/time.ts';

export interface LogLine {
  /** By the twin's clock. */
  readonly time: EpochMs;
  readonly functionName: string;
  readonly instance: number;
  readonly text: string;
  /** What the text says, where it is a JSON object, as it is from Powertools. */
  readonly entry: Readonly<Record<string, unknown>> | undefined;
}

/** A metric as CloudWatch would make it of a line. */
export interface MetricPoint {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string | undefined;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Cuts what a thread writes into lines. */
export function lineReader(onLine: (text: string) => void): (text: string) => void {
  let begun = '';
  return (text) => {
    const lines = (begun + text).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
}

export function parseEntry(text: string): LogLine['entry'] {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as LogLine['entry'];
  } catch {
    // It only looked like JSON; the text is kept as it is.
    return undefined;
  }
}

interface Embedded {
  readonly CloudWatchMetrics?: readonly {
    readonly Namespace: string;
    readonly Dimensions?: readonly (readonly string[])[];
    readonly Metrics?: readonly { readonly Name: string; readonly Unit?: string }[];
  }[];
}

/**
 * Gives the metrics that are embedded in a line.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsIn({ entry = {} }: LogLine): readonly MetricPoint[] {
  const embedded = entry['_aws'] as Embedded | undefined;
  return (embedded?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions = [[]], Metrics = [] }) =>
    Metrics.flatMap(({ Name, Unit }) =>
      Dimensions.flatMap((names) =>
        [entry[Name]].flat().map((value) => ({
          namespace: Namespace,
          name: Name,
          unit: Unit,
          value: Number(value),
          dimensions: Object.fromEntries(names.map((name) => [name, String(entry[name])])),
        })),
      ),
    ),
  );
}
