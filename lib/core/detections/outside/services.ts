/** Names of what things are opened from, as alerts carry them. */
import type { AlertObject } from '../../alerts/alert.ts';
import type { FileHostingActivity } from '../../events/index.ts';

const SERVICES: Readonly<Record<FileHostingActivity['service'], AlertObject>> = {
  'google-drive': { kind: 'service', id: 'google-drive', name: 'Google Drive' },
  sharepoint: { kind: 'service', id: 'sharepoint', name: 'SharePoint and OneDrive' },
  // OneDrive is a part of SharePoint.
  onedrive: { kind: 'service', id: 'sharepoint', name: 'SharePoint and OneDrive' },
  s3: { kind: 'service', id: 's3', name: 'Amazon S3' },
};

export function serviceOf({ service }: FileHostingActivity): AlertObject {
  return SERVICES[service];
}

/** Tells whether a record is of a whole shared drive or site rather than of a file in one. */
export function isWhole({ file: { uid, container } }: FileHostingActivity): boolean {
  return container !== undefined && withoutSlash(uid) === withoutSlash(container);
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
