/** The manifests of every vendor: data only, so that a stack can read it without loading a normaliser. */
import { awsManifest } from './aws/manifest.ts';
import { googleManifest } from './google/manifest.ts';
import type { Manifest } from './manifest.ts';
import { microsoftManifest } from './microsoft/manifest.ts';
import { oktaManifest } from './okta/manifest.ts';

export const MANIFESTS: readonly Manifest[] = [oktaManifest, microsoftManifest, googleManifest, awsManifest];
