/**
 * The questions that are saved in Athena, so that nobody who asks them needs to know how anything is stored. A `?` is
 * asked for when a query is run.
 *
 * A line of evidence is the alert after one change, and who changed what, when and why (`newest`).
 */

export interface Question {
  /** Part of a logical id. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

const change = (field: string): string => `json_extract_scalar(line, '$.newest.${field}')`;
const alert = (field: string): string => `json_extract_scalar(line, '$.alert.${field}')`;
/** More than a quarter. */
const RECENT = `day >= date_format(current_date - interval '92' day, '%Y-%m-%d')`;
const CHANGE = `${change('time')} AS time, ${change('what')} AS what, ${change('who')} AS who, ${change('why')} AS why`;
const OF_ALERT = `json_extract_scalar(line, '$.alert.id') AS alert, ${alert('severity')} AS severity, ${alert('title')} AS title, ${alert('subject.id')} AS subject`;

export const AUDITOR_QUERIES: readonly Question[] = [
  {
    id: 'Closed',
    name: 'Who closed alerts, when and why',
    description: 'The last quarter, newest first',
    sql: `SELECT ${CHANGE}, ${OF_ALERT}
FROM changes WHERE ${RECENT} AND ${change('what')} = 'closed' ORDER BY time DESC`,
  },
  {
    id: 'History',
    name: 'The history of one alert',
    description: 'Parameter: the alert’s id. Everything that happened to it, oldest first',
    sql: `SELECT DISTINCT CAST(${change('sequence')} AS integer) AS sequence, ${CHANGE}, ${change('status')} AS status, ${change('severity')} AS severity
FROM changes WHERE json_extract_scalar(line, '$.alert.id') = ? ORDER BY sequence`,
  },
  {
    id: 'Subject',
    name: 'What was found about one person',
    description: 'Parameter: the person’s primary address. Each alert as it was last seen',
    sql: `SELECT json_extract_scalar(line, '$.alert.id') AS alert, max_by(${alert('title')}, ${change('time')}) AS title, max_by(${alert('summary')}, ${change('time')}) AS summary, max_by(${change('severity')}, ${change('time')}) AS severity, max_by(${change('status')}, ${change('time')}) AS status, min(${change('time')}) AS raised, max(${change('time')}) AS changed
FROM changes WHERE ${alert('subject.id')} = lower(?) GROUP BY 1 ORDER BY raised`,
  },
  {
    id: 'Actor',
    name: 'What one analyst did',
    description: 'Parameter: part of their ARN, such as the session’s name. Newest first',
    sql: `SELECT ${CHANGE}, ${OF_ALERT}
FROM changes WHERE ${change('by')} = 'person' AND strpos(${change('who')}, ?) > 0 ORDER BY time DESC`,
  },
  {
    id: 'Unexplained',
    name: 'High and critical alerts closed without a reason',
    description: 'The last quarter, newest first',
    sql: `SELECT ${CHANGE}, ${OF_ALERT}
FROM changes WHERE ${RECENT} AND ${change('what')} = 'closed' AND ${alert('severity')} IN ('high', 'critical') AND coalesce(trim(${change('why')}), '') = '' ORDER BY time DESC`,
  },
  {
    id: 'Raised',
    name: 'Alerts raised, by day, detection and severity',
    description: 'The last quarter',
    sql: `SELECT substr(${change('time')}, 1, 10) AS raised_on, ${alert('detection')} AS detection, ${change('severity')} AS severity, count(DISTINCT json_extract_scalar(line, '$.alert.id')) AS alerts
FROM changes WHERE ${RECENT} AND ${change('what')} = 'raised' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  },
  {
    id: 'Gaps',
    name: 'Histories with an entry missing',
    description:
      'Every change of an alert is numbered from 1: a gap in what is kept means that evidence was lost',
    sql: `SELECT json_extract_scalar(line, '$.alert.id') AS alert, max(CAST(${change('sequence')} AS integer)) AS newest, count(DISTINCT ${change('sequence')}) AS kept
FROM changes GROUP BY 1 HAVING max(CAST(${change('sequence')} AS integer)) - min(CAST(${change('sequence')} AS integer)) + 1 <> count(DISTINCT ${change('sequence')})`,
  },
];

export const INVESTIGATOR_QUERIES: readonly Question[] = [
  {
    id: 'Text',
    name: 'Records of a day in which a text occurs',
    description:
      'Parameters: connection, source, day (2026-11-30), and the text, such as an address or an id',
    sql: `SELECT feed, json_extract_scalar(line, '$.fetchedTime') AS fetched, json_extract(line, '$.record') AS record
FROM records WHERE connection = ? AND source = ? AND day = ? AND strpos(lower(line), lower(?)) > 0`,
  },
  {
    id: 'Rejected',
    name: 'Why records were rejected',
    description: 'Parameter: connection. The last week, by feed and reason, with an example of each',
    sql: `SELECT source, feed, json_extract_scalar(line, '$.because') AS because, count(*) AS records, arbitrary(json_extract(line, '$.record')) AS example
FROM records WHERE connection = ? AND day >= date_format(current_date - interval '7' day, '%Y-%m-%d') AND json_extract_scalar(line, '$.outcome') = 'rejected' GROUP BY 1, 2, 3 ORDER BY records DESC`,
  },
  {
    id: 'Address',
    name: 'Who was seen at an address',
    description: 'Parameters: connection, first day, last day, the IP address as it is written canonically',
    sql: `SELECT json_extract_scalar(line, '$.event.actor.address') AS person, source, feed, count(*) AS events, min(from_unixtime(CAST(json_extract_scalar(line, '$.event.time') AS double) / 1000)) AS first_seen, max(from_unixtime(CAST(json_extract_scalar(line, '$.event.time') AS double) / 1000)) AS last_seen
FROM events WHERE connection = ? AND day BETWEEN ? AND ? AND json_extract_scalar(line, '$.event.srcEndpoint.ip') = ? GROUP BY 1, 2, 3 ORDER BY events DESC`,
  },
];
