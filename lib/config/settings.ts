/** What of ringer.yaml decides what is seen and who is told: flat, so that two of them can be compared line by line. */
import type { DeployedConfig } from './deployed-config.ts';

/** By name, such as `detections.mouse-jiggler.enabled`; each value as JSON. */
export type Settings = Readonly<Record<string, string>>;

export interface SettingsChange {
  /** For people: what, before and after. */
  readonly text: string;
  /** Less is seen or told than before. */
  readonly weakens: boolean;
}

/** More entries are not compared one by one; their number is. */
const LONGEST_VALUE = 200;

/** Takes what matters from a configuration; the order of lists does not. */
export function settingsOf(config: DeployedConfig): Settings {
  const settings: Record<string, string> = {};
  const set = (name: string, value: unknown): void => {
    settings[name] = JSON.stringify(value);
  };
  for (const { name, type, feeds = [], every = 'default', credentials: _, ...where } of config.sources) {
    set(`sources.${name}`, type);
    set(`sources.${name}.feeds`, feeds.length === 0 ? 'all' : [...feeds].sort());
    set(`sources.${name}.every`, every);
    set(`sources.${name}.where`, where);
  }
  for (const channel of config.alerts.channels) {
    const target =
      channel.type === 'email' ? channel.to : channel.type === 'slack' ? channel.channelId : channel.url;
    set(`alerts.channels.${channel.type}.${target}`, [channel.minimumSeverity, channel.detail]);
  }
  for (const [id, { parameters, ...rest }] of Object.entries(config.detections))
    set(`detections.${id}`, { ...rest, ...parameters });
  for (const [key, entries] of Object.entries(config.policy)) {
    for (const entry of entries as readonly unknown[]) set(`policy.${key}.${JSON.stringify(entry)}`, true);
  }
  for (const approval of config.approvals) set(`approvals.${JSON.stringify(approval)}`, true);
  set('organization.domains', [...config.organization.domains].sort());
  set('retention', config.retention);
  return settings;
}

/** What an entry taken away means: it watched or told, and does so no longer. */
const WATCHES = /^(?:sources|alerts\.channels)\./;
/** What an entry added means: it makes an exception. */
const EXCEPTS =
  /^(?:approvals|policy\.(?:remoteTools|software|egress|vpnOperators|serviceAccounts|workCountries))\./;

/**
 * Compares two.
 *
 * @example changesBetween({ 'sources.okta': '"okta"' }, {}) // => [{ text: 'sources.okta: taken away', weakens: true }]
 */
export function changesBetween(before: Settings, after: Settings): readonly SettingsChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (was === is) return [];
    const shown = name.slice(0, LONGEST_VALUE);
    if (is === undefined) return [{ text: `${shown}: taken away`, weakens: WATCHES.test(name) }];
    if (was === undefined)
      return [
        {
          text: `${shown}: added${is === 'true' ? '' : `, ${is.slice(0, LONGEST_VALUE)}`}`,
          weakens: EXCEPTS.test(name) || name.startsWith('detections.'),
        },
      ];
    const text = `${shown}: ${was.slice(0, LONGEST_VALUE)} is now ${is.slice(0, LONGEST_VALUE)}`;
    return [{ text, weakens: true }];
  });
}
