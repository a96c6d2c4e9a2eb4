/** What a deployment with four vendors, an e-mail channel and one of Slack consists of. A test counts it in the templates. */
export const DEPLOYED = {
  functions: 10,
  secrets: 4,
  schedules: 22,
  /** An alarm is billed by the metrics it looks at. */
  alarmMetrics: 36,
  memoryMb: { collect: 512, detect: 1_024, sweep: 512, others: 256 },
  detectAtOnce: 5,
  detectSeconds: 120,
  sweepSeconds: 300,
  watchEveryMinutes: 15,
  recordDays: 90,
  eventDays: 400,
} as const;
