/** What somebody does in person: signs in, works on files, calls. */
import type { Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { ApiActivity, Authentication, FileHostingActivity } from '../../events/index.ts';
import { providerName, providerOf } from '../credentials/provider.ts';
import { signInEvidence, wasLetIn } from '../sign-ins/signed-in.ts';

export type WorkEvent = Authentication | FileHostingActivity | ApiActivity;

/** Tells whether somebody did something and it came off: no renewed token, no synchronisation, no program. */
export function isWork(event: WorkEvent): boolean {
  if (event.actor?.type === 'service') return false;
  switch (event.kind) {
    case 'authentication':
      return event.interactive && event.activity !== 'logoff' && wasLetIn(event);
    case 'file-hosting-activity':
      return event.activity !== 'sync';
    case 'api-activity':
      return event.status === 'success';
  }
}

export function workEvidence(event: WorkEvent): Evidence {
  switch (event.kind) {
    case 'authentication':
      return signInEvidence(event);
    case 'file-hosting-activity':
      return evidenceOf(event, `${event.activity} ${event.file.name ?? event.file.uid}`);
    case 'api-activity':
      return evidenceOf(event, `${event.status === 'failure' ? 'refused ' : ''}${event.operation}`);
  }
}

/** A sentence has to be read; the evidence has the whole name. */
const LONGEST_NAME = 100;

const DONE: Readonly<Record<FileHostingActivity['activity'], string>> = {
  upload: 'Uploaded',
  download: 'Downloaded',
  update: 'Changed',
  delete: 'Deleted',
  copy: 'Copied',
  preview: 'Previewed',
  open: 'Opened',
  sync: 'Synchronised',
  share: 'Shared',
  unshare: 'Took back a share of',
};

/** Says what somebody did, without who: `Downloaded plan.pdf`. */
export function workText(event: WorkEvent): string {
  switch (event.kind) {
    case 'authentication':
      return `Signed in to ${event.application?.name ?? providerName(providerOf(event.source))}`;
    case 'file-hosting-activity':
      return `${DONE[event.activity]} ${(event.file.name ?? event.file.uid).slice(0, LONGEST_NAME)}`;
    case 'api-activity':
      return `Called ${event.operation}`;
  }
}
