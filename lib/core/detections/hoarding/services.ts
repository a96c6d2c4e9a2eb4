/** The services that keep files, as alerts name them. */
import type { AlertObject } from '../../alerts/alert.ts';
import type { FileHostingActivity } from '../../events/index.ts';

export type ServiceName = 'google-drive' | 'sharepoint' | 's3';

/** OneDrive is a part of SharePoint: what is taken or shared from either counts together. */
const NAME: Readonly<Record<FileHostingActivity['service'], ServiceName>> = {
  'google-drive': 'google-drive',
  sharepoint: 'sharepoint',
  onedrive: 'sharepoint',
  s3: 's3',
};
const TITLE: Readonly<Record<ServiceName, string>> = {
  'google-drive': 'Google Drive',
  sharepoint: 'SharePoint and OneDrive',
  s3: 'Amazon S3',
};

export interface Service extends AlertObject {
  readonly kind: 'service';
  readonly id: ServiceName;
  readonly name: string;
}

/** Gives the service that a record is of. */
export function serviceOf({ service }: FileHostingActivity): Service {
  const id = NAME[service];
  return { kind: 'service', id, name: TITLE[id] };
}
