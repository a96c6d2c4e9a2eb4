import {
  lineReader,
  metricsIn,
  parseEntry,
  type LogLine,
} from '../../../lib/simulator/twin/run/log-lines.ts';

function lineOf(text: string): LogLine {
  return { time: 0, functionName: 'Toy', instance: 1, text, entry: parseEntry(text) };
}

it('cuts what is written in pieces into lines', () => {
  const lines: string[] = [];
  const read = lineReader((text) => lines.push(text));
  for (const piece of ['one\ntw', 'o\n\n', 'thr', 'ee']) read(piece);
  read('\n');
  expect(lines).toEqual(['one', 'two', 'three']);
});

it('finds the metrics that are embedded in a line', () => {
  const line = lineOf(
    JSON.stringify({
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [
          {
            Namespace: 'Ringer',
            Dimensions: [['service']],
            Metrics: [{ Name: 'RecordsRead', Unit: 'Count' }, { Name: 'AlertsWritten' }],
          },
        ],
      },
      service: 'ringer',
      RecordsRead: [3, 4],
      AlertsWritten: 1,
    }),
  );
  const common = { namespace: 'Ringer', dimensions: { service: 'ringer' } };
  expect(metricsIn(line)).toEqual([
    { ...common, name: 'RecordsRead', unit: 'Count', value: 3 },
    { ...common, name: 'RecordsRead', unit: 'Count', value: 4 },
    { ...common, name: 'AlertsWritten', unit: undefined, value: 1 },
  ]);
});

it.each(['plain', '{"half":', '{"message":"no metrics"}'])('finds none in %s', (text) => {
  expect(metricsIn(lineOf(text))).toEqual([]);
});
