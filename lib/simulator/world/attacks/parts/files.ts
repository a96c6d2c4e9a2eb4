/** What is copied: no two files with different numbers are the same. */
import type { DriveFile } from '../../records/google.ts';
import type { CloudFile } from '../../records/m365.ts';
import type { Account } from '../../staff.ts';

const SUBJECTS = ['Forecast', 'Customer', 'Contract', 'Design', 'Pricing', 'Roadmap'] as const;

export function driveDocument(owner: Account['address'], number: number): DriveFile {
  return { id: `1ExampleCopied${String(number).padStart(24, '0')}`, title: titleOf(number), owner };
}

export function siteDocument(number: number): CloudFile {
  const folder = `Shared Documents/${SUBJECTS[number % SUBJECTS.length] ?? ''}`;
  return {
    site: 'strategy',
    folder,
    name: `${titleOf(number)}.xlsx`,
    bytes: 20_000 + (number % 900) * 1_000,
  };
}

export function objectKey(number: number): string {
  return `customers/2026/part-${String(number).padStart(6, '0')}.parquet`;
}

function titleOf(number: number): string {
  return `${SUBJECTS[number % SUBJECTS.length] ?? ''} ${number}`;
}
