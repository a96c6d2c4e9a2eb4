import { HOUR_MS, type EpochMs } from '../../../../core/time.ts';
import type { Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import { objectRead } from '../../records/aws.ts';
import { driveActivity } from '../../records/google.ts';
import { fileDownloaded } from '../../records/m365.ts';
import type { Staff } from '../../staff.ts';
import { driveDocument, objectKey, siteDocument } from './files.ts';
import { note } from './note.ts';

/** Where the files lie. */
export type Store = 'drive' | 'sharepoint' | 's3';

export interface Copying {
  readonly who: Staff;
  readonly from: From;
  readonly store: Store;
  /** Distinct files. */
  readonly files: number;
  readonly at: EpochMs;
  readonly hours: number;
  /** The number of the first file; the others follow. */
  readonly first?: number;
  /** The company's laptop, unless it is a computer of their own. */
  readonly onOwnComputer?: boolean;
}

/** Somebody takes copies of files, one after the other, evenly over some hours. */
export function copyFiles(stage: Stage, copying: Copying): void {
  const { who, from, store, files, at, hours, first = 1, onOwnComputer = false } = copying;
  for (let n = 0; n < files; n++) {
    const when = Math.floor(at + (n / files) * hours * HOUR_MS);
    const number = first + n;
    if (store === 'drive') {
      const file = driveDocument(stage.administrator.address, number);
      note(stage, 'google', driveActivity, who, when, from, { name: 'download' as const, file });
    } else if (store === 'sharepoint') {
      const device = onOwnComputer ? {} : { device: who.laptop };
      note(stage, 'm365', fileDownloaded, who, when, from, { file: siteDocument(number), ...device });
    } else {
      const bucket = 'example-customers';
      note(stage, 'aws', objectRead, who, when, from, { bucket, key: objectKey(number) });
    }
  }
}
