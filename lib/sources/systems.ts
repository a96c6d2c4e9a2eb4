/**
 * Names an operating system: platform, and version when there is one.
 *
 * @example systemText('macOS', '15.5') // => 'macOS 15.5'
 */
export function systemText(platform: string | undefined, version: string | undefined): string | undefined {
  return platform === undefined || version === undefined ? platform : `${platform} ${version}`;
}
