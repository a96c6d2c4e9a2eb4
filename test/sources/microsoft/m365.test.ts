import { eventOf, fixture, normalize } from './records.ts';

const download = fixture('m365/audit/file-downloaded');
const login = fixture('m365/audit/user-logged-in');
const sharing = fixture('m365/audit/sharing-set-with-guest');
const forwarding = fixture('m365/audit/mailbox-forwarding-set');
const outlookRule = fixture('m365/audit/inbox-rule-of-outlook');
const IRRELEVANT = { outcome: 'skipped', because: 'irrelevant' };

describe('a sign-in of the audit log', () => {
  it.each([
    ['Login:login', true],
    ['Login:reprocess', true],
    ['SAS:EndAuth', true],
    ['OAuth2:Authorize', true],
    ['Saml2:processrequest', true],
    ['WsFed:wsfed', true],
    ['Kmsi:kmsi', true],
    ['OAuth2:Token', false],
    ['OrgIdWsTrust2:process', false],
    ['Something:new', false],
  ])('by %s is interactive: %s', (requestType, interactive) => {
    const ExtendedProperties = [
      { Name: 'UserAgent', Value: 'x' },
      { Name: 'RequestType', Value: requestType },
    ];
    expect(eventOf({ ...login, ExtendedProperties }, 'authentication').interactive).toBe(interactive);
  });

  it('that names neither browser nor request is not interactive', () => {
    expect(eventOf({ ...login, ExtendedProperties: [] }, 'authentication').interactive).toBe(false);
  });

  it('is a failure when it names an error, whatever ResultStatus says', () => {
    const record = { ...login, ResultStatus: 'Success', ErrorNumber: '50074' };
    expect(eventOf(record, 'authentication')).toMatchObject({ status: 'failure', firstFactorPassed: true });
  });

  it('is read as UTC, with and without seconds parted by a space', () => {
    const time = Date.UTC(2026, 2, 9, 14, 2, 11);
    expect(eventOf({ ...login, CreationTime: '2026-03-09T14:02:11' }, 'authentication').time).toBe(time);
    expect(eventOf({ ...login, CreationTime: '2026-03-09 14:02:11' }, 'authentication').time).toBe(time);
    expect(eventOf({ ...login, CreationTime: '2026-03-09T16:02:11+02:00' }, 'authentication').time).toBe(
      time,
    );
  });
});

describe('an address of the audit log', () => {
  it.each([
    ['203.0.113.24', '203.0.113.24'],
    ['203.0.113.24:51234', '203.0.113.24'],
    ['[2001:DB8::1]:443', '2001:db8::1'],
    ['::ffff:203.0.113.24', '203.0.113.24'],
  ])('%s is %s', (written, ip) => {
    expect(eventOf({ ...download, ClientIP: written }, 'file-hosting-activity').srcEndpoint).toEqual({ ip });
  });

  it.each(['', '<null>', 'outlook.office365.example.com', 7, null])('is absent when it is %p', (written) => {
    expect(eventOf({ ...download, ClientIP: written }, 'file-hosting-activity')).not.toHaveProperty(
      'srcEndpoint',
    );
  });
});

describe('who did it', () => {
  it.each([
    ['app@sharepoint', 0],
    ['SHAREPOINT\\system', 0],
    ['NT AUTHORITY\\SYSTEM (w3wp)', 0],
    ['ServicePrincipal_0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001', 0],
    ['0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001', 0],
    ['jane.doe@example.com', 4],
    ['jane.doe@example.com', 5],
    ['jane.doe@example.com', '6'],
    ['jane.doe@example.com', 'System'],
  ])('%s of type %p is a program', (UserId, UserType) => {
    expect(eventOf({ ...download, UserId, UserType }, 'file-hosting-activity').actor?.type).toBe('service');
  });

  it.each([
    ['Jane.Doe@example.com', 'jane.doe@example.com'],
    ['i:0#.f|membership|jane.doe@example.com', 'jane.doe@example.com'],
    ['urn:spo:guest#jdoe@partner.example.org', 'jdoe@partner.example.org'],
  ])('%s is the person %s', (UserId, address) => {
    expect(eventOf({ ...download, UserId }, 'file-hosting-activity').actor).toEqual({
      type: 'user',
      address,
    });
  });

  it.each(['anonymous', 'urn:spo:anon#1', '', null, {}])('is nobody when it is %p', (UserId) => {
    expect(normalize({ ...download, UserId, UserKey: null })).toEqual(IRRELEVANT);
  });
});

describe('a share', () => {
  const audience = (TargetUserOrGroupName: unknown, TargetUserOrGroupType?: unknown) =>
    eventOf({ ...sharing, TargetUserOrGroupName, TargetUserOrGroupType }, 'file-hosting-activity').share;

  it.each([
    ['buyer@example.net', 'Guest', { audience: 'external', targets: ['buyer@example.net'] }],
    ['bob@example.com', 'Member', { audience: 'internal', targets: ['bob@example.com'] }],
    [
      'jdoe_partner.example.org#ext#@examplecorp.onmicrosoft.com',
      'Member',
      { audience: 'external', targets: ['jdoe@partner.example.org'] },
    ],
    ['buyer@example.net', undefined, { audience: 'external', targets: ['buyer@example.net'] }],
    ['Everyone except external users', 'SecurityGroup', { audience: 'internal' }],
    [undefined, 'Guest', { audience: 'external' }],
    [undefined, undefined, undefined],
  ])('with %s as %s is %p', (name, type, expected) => {
    expect(audience(name, type)).toEqual(expected);
  });

  it.each(['AnonymousLinkCreated', 'AnonymousLinkUpdated'])(
    'by %s is open to anyone with the link',
    (Operation) => {
      expect(eventOf({ ...sharing, Operation }, 'file-hosting-activity').share).toEqual({
        audience: 'anyone-with-link',
      });
    },
  );
});

describe('mail forwarding', () => {
  const targets = (Value: unknown, Name = 'ForwardingSmtpAddress') =>
    eventOf({ ...forwarding, Parameters: [{ Name, Value }] }, 'api-activity').targets;

  it.each([
    ['smtp:A@Example.net', ['a@example.net']],
    ['a@example.net;b@example.org', ['a@example.net', 'b@example.org']],
    ['"Jane" [SMTP:a@example.net]', ['a@example.net']],
    ['["a@example.net"]', ['a@example.net']],
  ])('to %s has the targets %p', (value, expected) => {
    expect(targets(value)).toEqual(expected);
  });

  it.each(['ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo'])('by an inbox rule is found in %s', (name) => {
    expect(targets('a@example.net', name)).toEqual(['a@example.net']);
  });

  it.each([[[{ Name: 'DeliverToMailboxAndForward', Value: 'True' }]], ['x'], [null]])(
    'is not in %j',
    (Parameters) => {
      expect(normalize({ ...forwarding, Parameters })).toEqual(IRRELEVANT);
    },
  );

  it.each(['$null', ''])('is taken back by the value %j', (Value) => {
    const Parameters = [{ Name: 'ForwardingSmtpAddress', Value }];
    const taken = eventOf({ ...forwarding, Parameters }, 'api-activity');
    expect(taken).toMatchObject({ revokes: true, resource: { type: 'mailbox', uid: 'jane.doe' } });
    expect(taken.targets).toBeUndefined();
  });

  it('that replaces another is not taken back', () => {
    const Parameters = [
      { Name: 'ForwardingAddress', Value: '$null' },
      { Name: 'ForwardingSmtpAddress', Value: 'smtp:a@example.net' },
    ];
    const set = eventOf({ ...forwarding, Parameters }, 'api-activity');
    expect(set.revokes).toBeUndefined();
    expect(set.targets).toEqual(['a@example.net']);
  });

  it.each([
    ['Remove-InboxRule', 'inbox-rule'],
    ['Disable-InboxRule', 'inbox-rule'],
    ['Remove-TransportRule', 'transport-rule'],
    ['Disable-TransportRule', 'transport-rule'],
  ])('by a rule is taken back by %s, which names the rule alone', (Operation, type) => {
    const Parameters = [{ Name: 'Identity', Value: 'jane.doe\\rule' }];
    expect(eventOf({ ...forwarding, Operation, Parameters }, 'api-activity')).toMatchObject({
      revokes: true,
      resource: { type, uid: 'jane.doe' },
    });
  });

  it('by a rule of Outlook is taken back there', () => {
    const OperationProperties = [{ Name: 'RuleOperation', Value: 'RemoveMailboxRule' }];
    const record = { ...outlookRule, OperationProperties };
    expect(eventOf(record, 'api-activity')).toMatchObject({
      revokes: true,
      resource: { uid: 'jane.doe@example.com' },
    });
  });
});

describe('a row of an export', () => {
  const row = {
    CreationDate: '2026-03-09T14:02:11Z',
    Operation: 'FileDownloaded',
    UserId: 'jane.doe@example.com',
    RecordType: '6',
  };

  it('gives what the record inside gives', () => {
    expect(normalize({ ...row, AuditData: JSON.stringify(download) })).toEqual(normalize(download));
  });

  it.each(['{"CreationTime":', '7', '[]', 'null', null])(
    'is rejected when the record inside is %p',
    (AuditData) => {
      expect(normalize({ ...row, AuditData })).toEqual({
        outcome: 'rejected',
        because: expect.stringMatching(/^AuditData: expected an audit record as JSON text, got /) as string,
      });
    },
  );
});
