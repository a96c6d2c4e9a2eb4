import { directoryMeaning } from '../../../lib/sources/microsoft/directory-operations.ts';
import { eventOf, eventsOf, fixture, normalize } from './records.ts';

const phoneAdded = fixture('entra/directoryAudits/update-user-phone-added');

describe('an operation of the directory', () => {
  it.each(['Add member to role', 'Add member to role.', 'ADD MEMBER TO ROLE', ' add  member to role . '])(
    'is known as "%s"',
    (operation) => {
      expect(directoryMeaning(operation)).toEqual({ is: 'account', activity: 'privilege-grant' });
    },
  );

  it('is known with any dash', () => {
    const operation = 'Update application – Certificates and secrets management ';
    expect(directoryMeaning(operation)).toEqual(directoryMeaning(operation.replace('–', '-')));
    expect(directoryMeaning(operation)).toEqual({ is: 'new-credentials' });
  });

  it.each(['constructor', '__proto__', 'toString', ''])('is not found in "%s"', (operation) => {
    expect(directoryMeaning(operation)).toBeUndefined();
  });

  it('of another workload is irrelevant', () => {
    const record = { ...fixture('m365/audit/password-reset-by-admin'), Workload: 'PowerBI' };
    expect(normalize(record)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('whose outcome is not told came to its end, as in the other log', () => {
    const record = { ...fixture('entra/directoryAudits/add-member-to-role'), result: undefined };
    expect(eventOf(record, 'account-change').status).toBe('success');
  });

  it('means the same in both logs', () => {
    const graph = eventOf(fixture('entra/directoryAudits/add-member-to-role'), 'account-change');
    const m365 = eventOf(fixture('m365/audit/member-added-to-role'), 'account-change');
    expect({ activity: m365.activity, privilege: m365.privilege, user: m365.user.address }).toEqual({
      activity: graph.activity,
      privilege: graph.privilege,
      user: graph.user.address,
    });
  });
});

describe('a phone that runs the authenticator', () => {
  it('has the same id for every person it serves', () => {
    const resource = (phoneAdded['targetResources'] as object[])[0];
    const other = { ...resource, id: 'other', userPrincipalName: 'bob@example.com' };
    const [first] = eventsOf(phoneAdded);
    const [second] = eventsOf({ ...phoneAdded, targetResources: [other] });
    expect(first).toMatchObject({ user: { address: 'jane.doe@example.com' } });
    expect(second).toMatchObject({ user: { address: 'bob@example.com' } });
    expect(second).toHaveProperty(
      'authenticatorUid',
      (first as { authenticatorUid?: string }).authenticatorUid,
    );
  });

  it('does not show its push token', () => {
    expect(JSON.stringify(eventsOf(phoneAdded))).not.toContain('fcm-example-token');
  });
});

describe('a consent', () => {
  it('and the grant beside it name one application', () => {
    const consent = eventOf(fixture('entra/directoryAudits/consent-to-application'), 'oauth-consent');
    const grant = eventOf(fixture('entra/directoryAudits/add-delegated-permission-grant'), 'oauth-consent');
    expect(grant.application.uid).toBe(consent.application.uid);
  });
});
