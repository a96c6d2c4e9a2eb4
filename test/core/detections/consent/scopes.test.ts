import { reachedBy } from '../../../../lib/core/detections/consent/scopes.ts';

describe('permissions', () => {
  it.each([
    ['https://mail.google.com/', 'mail'],
    ['https://www.googleapis.com/auth/gmail.readonly', 'mail'],
    ['https://www.googleapis.com/auth/gmail.settings.sharing', 'mail'],
    ['Mail.Read', 'mail'],
    ['https://graph.microsoft.com/Mail.Send.Shared', 'mail'],
    ['EWS.AccessAsUser.All', 'mail'],
    ['full_access_as_app', 'mail'],
    ['https://www.googleapis.com/auth/drive', 'files'],
    ['https://www.googleapis.com/auth/drive.readonly', 'files'],
    ['Files.ReadWrite.All', 'files'],
    ['Sites.FullControl.All', 'files'],
    ['AllSites.Read', 'files'],
    ['https://www.googleapis.com/auth/admin.directory.user', 'directory'],
    ['Directory.ReadWrite.All', 'directory'],
    ['RoleManagement.ReadWrite.Directory', 'directory'],
    ['Application.ReadWrite.OwnedBy', 'directory'],
    ['okta.users.manage', 'directory'],
    ['https://www.googleapis.com/auth/chromoting', 'remote-control'],
    ['https://www.googleapis.com/auth/chromoting.remote.support', 'remote-control'],
  ])('%s reach %s', (scope, reach) => {
    expect(reachedBy([scope])).toMatchObject({ reach: [reach], lasting: false });
  });

  it.each([
    'openid',
    'offline_access',
    'User.Read',
    'User.Read.All',
    'Calendars.ReadWrite',
    'Mail.ReadBasic',
    'https://www.googleapis.com/auth/drive.file',
    'https://www.googleapis.com/auth/drive.appdata',
    'https://www.googleapis.com/auth/gmail.metadata',
    'https://www.googleapis.com/auth/gmail.addons.current.message.readonly',
    'https://www.googleapis.com/auth/admin.directory.user.readonly',
    'https://www.google.com/accounts/OAuthLogin',
    'okta.users.read',
    'okta.users.manage.self',
    'email drive',
    '',
    '///',
  ])('%j reach nothing that matters', (scope) => {
    expect(reachedBy([scope]).reach).toEqual([]);
  });

  it('are shown without the API in front', () => {
    const scopes = ['https://mail.google.com/', 'https://graph.microsoft.com/Mail.Read', 'Files.Read'];
    expect(reachedBy(scopes).scopes).toEqual(['mail.google.com', 'Mail.Read', 'Files.Read']);
  });

  it('of several kinds are told in one order, and some of them shown', () => {
    const many = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? 'Files.Read' : 'Mail.Read'));
    const reached = reachedBy([...many, 'offline_access']);
    expect(reached.reach).toEqual(['mail', 'files']);
    expect(reached.scopes).toHaveLength(8);
    expect(reached.lasting).toBe(true);
  });
});
