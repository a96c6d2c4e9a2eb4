/** The company’s records as somebody exported them: files for `ringer scan`. */
import type { Company, Dated } from './demo-company.ts';

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** Writes the files, the people file apart. */
export function exportsOf(company: Company): {
  readonly files: readonly ExportedFile[];
  readonly people: ExportedFile;
} {
  const { people, okta, entra, drive, cloudtrail, devices, apps } = company;
  const pages = (records: readonly object[]): string => `${JSON.stringify({ value: records })}\n`;
  return {
    people: { name: 'people.csv', text: people },
    files: [
      {
        name: 'okta-system-log.ndjson',
        text: okta.map(({ record }) => `${JSON.stringify(record)}\n`).join(''),
      },
      { name: 'entra-sign-ins.json', text: pages(records(entra)) },
      {
        name: 'google-drive.json',
        text: JSON.stringify({ kind: 'admin#reports#activities', items: records(drive) }),
      },
      { name: 'cloudtrail.json', text: JSON.stringify({ Records: records(cloudtrail) }) },
      { name: 'intune-managed-devices.json', text: pages(devices) },
      { name: 'intune-detected-apps.json', text: pages(apps) },
    ],
  };
}

function records(dated: readonly Dated[]): readonly object[] {
  return dated.map(({ record }) => record);
}
