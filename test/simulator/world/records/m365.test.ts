import * as m365 from '../../../../lib/simulator/world/records/m365.ts';
import { AT, from, haveOwnIds, outcome, random, read, who, type Case } from './support.ts';

const { laptop } = who;
const file = { site: who.address, folder: 'Documents', name: 'plan.xlsx' };

const CASES: readonly Case[] = [
  [
    'a file downloaded',
    m365.fileDownloaded(who, AT, from, random, { file, device: laptop }),
    {
      kind: 'file-hosting-activity',
      activity: 'download',
      service: 'onedrive',
      managedDevice: true,
      bytesOut: 48_213,
    },
  ],
  [
    'a file opened in a site',
    m365.fileOperation(who, AT, from, random, {
      operation: 'FileAccessed',
      file: { ...file, site: 'sales' },
    }),
    { kind: 'file-hosting-activity', activity: 'open', service: 'sharepoint' },
  ],
  [
    'a file synchronised',
    m365.fileSynced(who, AT, from, random, { file }),
    { kind: 'file-hosting-activity', activity: 'sync', managedDevice: true, bytesOut: 48_213 },
  ],
  [
    'a file shared with a guest',
    m365.fileShared(who, AT, from, random, { file, target: 'ann@partner.example.net', guest: true }),
    { activity: 'share', share: { audience: 'external', targets: ['ann@partner.example.net'] } },
  ],
  [
    'a link for a guest',
    m365.fileShared(who, AT, from, random, {
      file,
      operation: 'AddedToSecureLink',
      target: 'ann@partner.example.net',
      guest: true,
    }),
    { activity: 'share', share: { audience: 'external', targets: ['ann@partner.example.net'] } },
  ],
  [
    'a link for anybody',
    m365.anonymousLinkCreated(who, AT, from, random, { file }),
    { activity: 'share', share: { audience: 'anyone-with-link' } },
  ],
  [
    'a rule that forwards',
    m365.inboxRuleCreated(who, AT, from, random, { forwardTo: 'x@elsewhere.example.net' }),
    { kind: 'api-activity', purpose: 'mail-forwarding', targets: ['x@elsewhere.example.net'] },
  ],
  [
    'a mailbox that forwards',
    m365.mailboxForwardingSet(who, AT, from, random, { forwardTo: 'x@elsewhere.example.net' }),
    { kind: 'api-activity', purpose: 'mail-forwarding', targets: ['x@elsewhere.example.net'] },
  ],
  [
    'a search exported',
    m365.searchExported(who, AT, from, random),
    { kind: 'api-activity', purpose: 'bulk-export' },
  ],
];

describe('records of Microsoft 365', () => {
  it.each(CASES)('%s is read as such', (_, record, expected) => {
    expect(read(record)).toMatchObject(expected);
  });

  it('of rules that sort mail away are of no use', () => {
    const rule = m365.inboxRuleCreated(who, AT, from, random);
    expect(outcome(rule)).toMatchObject({ because: 'irrelevant' });
  });

  it('have ids of their own', () => {
    expect(haveOwnIds(() => m365.fileSynced(who, AT, from, random, { file }))).toBe(true);
  });
});
