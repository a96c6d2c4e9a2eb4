/** The templates that others deploy. That CloudFormation takes them is checked with the stacks. */
import { memberRoleTemplate } from '../../lib/config/member-role.ts';
import { organizationTrailTemplate } from '../../lib/config/organization-trail.ts';

interface Template {
  readonly Parameters: Readonly<
    Record<string, { readonly Default?: string; readonly AllowedPattern?: string }>
  >;
  readonly Resources: Readonly<Record<string, { readonly Condition?: string; readonly Properties: object }>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

const read = (text: string): Template => JSON.parse(text) as Template;
const sub = (text: string) => ({ 'Fn::Sub': text });

describe('the role of a member account', () => {
  const template = read(memberRoleTemplate({ roleName: 'RingerReader', externalId: 'example-id' }));

  it('trusts one account of the organization, with the external id', () => {
    expect(template.Resources['Reader']?.Properties).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { AWS: sub('arn:${AWS::Partition}:iam::${RingerAccount}:root') },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: {
                'sts:ExternalId': sub('${ExternalId}'),
                'aws:PrincipalOrgID': sub('${OrganizationId}'),
              },
            },
          },
        ],
      },
    });
  });

  it('reads, and does nothing else', () => {
    const actions = JSON.stringify(template.Resources).match(/(?:cloudtrail|ssm):\w+/g) ?? [];
    expect(actions).toEqual(['cloudtrail:LookupEvents', 'ssm:GetInventory', 'ssm:ListInventoryEntries']);
  });

  it('asks for what nobody has said yet', () => {
    const { RingerAccount, OrganizationId, ExternalId, RoleName } = template.Parameters;
    expect([RingerAccount?.Default, OrganizationId?.Default]).toEqual([undefined, undefined]);
    expect([ExternalId?.Default, RoleName?.Default]).toEqual(['example-id', 'RingerReader']);
    const ringerAccount = '123456789012';
    const whole = read(memberRoleTemplate({ roleName: 'Reader', externalId: 'example-id', ringerAccount }));
    expect(whole.Parameters['RingerAccount']?.Default).toBe(ringerAccount);
  });
});

describe('the wiring of a trail', () => {
  const template = read(organizationTrailTemplate({ bucketName: 'example-trail' }));

  it('tells the queue of log files, not of their digests', () => {
    expect(template.Resources['LogFiles']?.Properties).toMatchObject({
      EventPattern: {
        detail: {
          bucket: { name: [sub('${BucketName}')] },
          object: { key: [{ wildcard: '*/CloudTrail/*.json.gz' }] },
        },
      },
      Targets: [{ Arn: sub('${QueueArn}'), RoleArn: sub('${Notifier.Arn}') }],
    });
  });

  it('sends under the name that the queue lets in', () => {
    expect(template.Resources['Notifier']?.Properties).toMatchObject({ RoleName: 'RingerTrailNotifier' });
  });

  it('makes a trail and its bucket only where there is none', () => {
    const made = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === 'MakesTrail');
    expect(made.map(([id]) => id)).toEqual(['Bucket', 'BucketPolicy', 'Trail']);
    expect(template.Parameters['MakeTrail']?.Default).toBe('no');
  });

  it('says what the owner of a bucket has to add to its policy', () => {
    const { 'Fn::Sub': statement } = template.Outputs['BucketPolicyStatement']?.Value as {
      'Fn::Sub': string;
    };
    expect(JSON.parse(statement)).toMatchObject({
      Principal: { AWS: 'arn:${AWS::Partition}:iam::${RingerAccount}:root' },
      Action: 's3:GetObject',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': '${OrganizationId}' } },
    });
  });
});
