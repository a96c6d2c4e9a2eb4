/** What permissions let an application do, where that is much: read or send mail, all files, the directory, the computer. */

export type Reach = 'mail' | 'files' | 'directory' | 'remote-control';

export interface Reached {
  /** What the permissions reach, in the order above, each once. */
  readonly reach: readonly Reach[];
  /** The permissions that reach it, without the API in front. */
  readonly scopes: readonly string[];
  /** It keeps the access while nobody is at the computer. */
  readonly lasting: boolean;
}

/** Compared with what follows the last slash: vendors put the API in front, or not. */
const GRAVE: readonly (readonly [Reach, RegExp])[] = [
  // `gmail.metadata`, `gmail.labels` and the add-ons' own scopes read no message.
  [
    'mail',
    /^(?:mail\.google\.com|gmail\.(?:readonly|modify|send|compose|insert|settings\.(?:basic|sharing)))$/,
  ],
  ['mail', /^mail\.(?:read|readwrite|send)(?:\.shared|\.all)?$/],
  [
    'mail',
    /^(?:mailboxsettings\.readwrite|full_access_as_(?:app|user)|smtp\.send|(?:ews|imap|pop)\.accessasuser\.all)$/,
  ],
  // `drive.file` reaches only what the application was handed.
  ['files', /^(?:drive|drive\.readonly|ediscovery)$/],
  [
    'files',
    /^(?:files\.(?:read|readwrite)(?:\.all)?|(?:all)?sites\.(?:read|readwrite|write|manage|fullcontrol)(?:\.all)?)$/,
  ],
  ['directory', /^admin\.directory\.(?!.*\.readonly$)[a-z.]+$/],
  [
    'directory',
    /^(?:directory\.(?:readwrite\.all|accessasuser\.all)|(?:user|group|groupmember|application|approleassignment|device|domain)\.readwrite\.(?:all|ownedby)|(?:rolemanagement|policy)\.readwrite\.\w+)$/,
  ],
  ['directory', /^okta\.\w+\.manage$/],
  ['remote-control', /^chromoting(?:\.[a-z0-9.]+)?$/],
];

const REACHES: readonly Reach[] = ['mail', 'files', 'directory', 'remote-control'];
const SHOWN = 8;

/**
 * Reads a consent's permissions.
 *
 * @example reachedBy(['https://graph.microsoft.com/Mail.Read', 'offline_access', 'openid'])
 * // => { reach: ['mail'], scopes: ['Mail.Read'], lasting: true }
 */
export function reachedBy(scopes: readonly string[]): Reached {
  const found = new Set<Reach>();
  const grave: string[] = [];
  for (const scope of scopes) {
    const bare = scope.replace(/\/$/, '');
    const name = bare.slice(bare.lastIndexOf('/') + 1);
    const reach = GRAVE.find(([, pattern]) => pattern.test(name.toLowerCase()))?.[0];
    if (reach === undefined) continue;
    found.add(reach);
    if (grave.length < SHOWN) grave.push(name);
  }
  return {
    reach: REACHES.filter((each) => found.has(each)),
    scopes: grave,
    lasting: scopes.some((scope) => scope.toLowerCase() === 'offline_access'),
  };
}
