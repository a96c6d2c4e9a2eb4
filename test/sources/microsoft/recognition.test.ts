import { feedsOf, fixture } from './records.ts';

const names = (record: object): string[] =>
  feedsOf(record as never).map((feed) => `${feed.source}/${feed.id}`);

describe('records of other products and layouts', () => {
  it.each([
    [
      'a sign-in in Log Analytics columns',
      {
        OperationName: 'Sign-in activity',
        Category: 'SignInLogs',
        'CreatedDateTime [UTC]': '4/28/2021',
        UserPrincipalName: 'jane@example.com',
        IPAddress: '203.0.113.1',
        IsInteractive: 'TRUE',
        ClientAppUsed: 'Browser',
      },
    ],
    [
      'Office activity in Log Analytics columns',
      {
        Operation: 'FileDownloaded',
        OfficeWorkload: 'OneDrive',
        'TimeGenerated [UTC]': '4/28/2021',
        OfficeObjectId: 'https://x',
        UserId: 'jane@example.com',
        RecordType: 'SharePoint',
        OrganizationId: 'o',
        Type: 'OfficeActivity',
      },
    ],
    [
      'an Azure diagnostic envelope',
      {
        time: '2026-01-01T00:00:00Z',
        category: 'SignInLogs',
        operationName: 'Sign-in activity',
        properties: fixture('entra/signIns/interactive-v1'),
      },
    ],
    [
      'a security alert',
      {
        id: '1',
        title: 'Anonymous IP address',
        category: 'AnonymousLogin',
        createdDateTime: '2026-01-01T00:00:00Z',
        severity: 'high',
        status: 'new',
        serviceSource: 'microsoftDefenderForIdentity',
      },
    ],
    [
      'a risky user',
      {
        id: '1',
        isDeleted: false,
        riskLevel: 'high',
        riskState: 'atRisk',
        riskLastUpdatedDateTime: '2026-01-01T00:00:00Z',
        userDisplayName: 'Jane',
        userPrincipalName: 'jane@example.com',
      },
    ],
    [
      'a risk of a program',
      {
        id: '1',
        riskEventType: 'leakedCredentials',
        riskState: 'atRisk',
        riskLevel: 'high',
        servicePrincipalId: 's',
        appId: 'a',
        activityDateTime: '2026-01-01T00:00:00Z',
      },
    ],
    [
      'a registration of methods',
      { id: '1', userPrincipalName: 'jane@example.com', userDisplayName: 'Jane', isMfaRegistered: true },
    ],
    [
      'an application',
      { id: '1', appId: 'a', displayName: 'mail-merge', createdDateTime: '2026-01-01T00:00:00Z' },
    ],
    [
      'a service principal',
      {
        id: '1',
        appId: 'a',
        appDisplayName: 'mail-merge',
        displayName: 'mail-merge',
        createdDateTime: '2026-01-01T00:00:00Z',
        servicePrincipalType: 'Application',
      },
    ],
    [
      'a device of Entra',
      { id: '1', deviceId: 'd', displayName: 'LT-1', operatingSystem: 'Windows', accountEnabled: true },
    ],
    [
      'an Autopilot device',
      {
        id: '1',
        serialNumber: 'x',
        userPrincipalName: 'jane@example.com',
        displayName: 'LT-1',
        enrollmentState: 'enrolled',
      },
    ],
    [
      'an audit event of Intune',
      {
        id: '1',
        displayName: 'Patch',
        componentName: 'c',
        activity: 'a',
        activityDateTime: '2026-01-01T00:00:00Z',
        activityType: 't',
        actor: { userPrincipalName: 'jane@example.com' },
      },
    ],
    [
      'a provisioning event',
      {
        id: '1',
        activityDateTime: '2026-01-01T00:00:00Z',
        jobId: 'j',
        action: 'Create',
        initiatedBy: { id: 'x' },
      },
    ],
    ['nothing', {}],
  ])('%s is not recognised', (_, record) => {
    expect(names(record)).toEqual([]);
  });
});

describe('a damaged record', () => {
  it.each([
    ['entra/signIns/interactive-v1', 'createdDateTime', 'entra/signIns'],
    ['entra/signIns/interactive-v1', 'status', 'entra/signIns'],
    ['entra/directoryAudits/user-created', 'activityDateTime', 'entra/directoryAudits'],
    ['entra/directoryAudits/user-created', 'activityDisplayName', 'entra/directoryAudits'],
    ['entra/riskDetections/unlikely-travel', 'riskEventType', 'entra/riskDetections'],
    ['entra/riskDetections/same-detection-dismissed', 'riskEventType', 'entra/riskDetections'],
    ['entra/users/member', 'displayName', 'entra/users'],
    ['intune/managedDevices/company-windows', 'deviceName', 'intune/managedDevices'],
    ['intune/detectedApps/without-devices', 'displayName', 'intune/detectedApps'],
    ['m365/audit/file-downloaded', 'CreationTime', 'm365/audit'],
    ['m365/audit/file-downloaded', 'Operation', 'm365/audit'],
    ['m365/audit/file-downloaded', 'Workload', 'm365/audit'],
  ])('of %s is still recognised without %s', (path, field, feed) => {
    const { [field]: _, ...rest } = fixture(path);
    expect(names(rest)).toEqual([feed]);
  });
});
