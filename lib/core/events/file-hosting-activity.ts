import type { Application } from './authentication.ts';
import type { EventBase } from './event.ts';

/** Something done to a file kept in a cloud: read, copied, shared. OCSF File Hosting Activity (6006). */
export interface FileHostingActivity extends EventBase {
  readonly kind: 'file-hosting-activity';
  readonly activity:
    'upload' | 'download' | 'update' | 'delete' | 'copy' | 'preview' | 'open' | 'sync' | 'share' | 'unshare';
  readonly service: FileService;
  readonly file: HostedFile;
  /** Bytes that left, when the record says. */
  readonly bytesOut?: number;
  readonly share?: Share;
  readonly application?: Application;
  readonly userAgent?: string;
  /** For `sync` and `download`: whether the vendor knows the device as managed. */
  readonly managedDevice?: boolean;
  /** Long-term access key used (AWS), for following one key across networks. */
  readonly accessKeyUid?: string;
}

export type FileService = 'google-drive' | 'sharepoint' | 'onedrive' | 's3';

export interface HostedFile {
  /** The vendor's id of the object: document id, URL, or `bucket/key`. Distinct objects have distinct ids. */
  readonly uid: string;
  readonly name?: string;
  /** Bucket, site or shared drive. */
  readonly container?: string;
  readonly owner?: string;
}

export interface Share {
  readonly audience: 'internal' | 'external' | 'anyone-with-link' | 'public';
  /** Addresses or domains shared with, lower case. */
  readonly targets?: readonly string[];
}
