/** The role that lets Ringer read another account: a CloudFormation template for a StackSet over the organization. */
import { parameter, policy, stackTemplate } from './cloudformation.ts';

/** What is read of an account, by feed. None of these actions is asked for a single resource. */
export const AWS_READS: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: ['cloudtrail:LookupEvents'],
  inventory: ['ssm:GetInventory', 'ssm:ListInventoryEntries'],
};

export interface MemberRole {
  /** As the connection in ringer.yaml has it. */
  readonly roleName: string;
  readonly externalId: string;
  /** The account Ringer runs in; asked for when the template is deployed if not given. */
  readonly ringerAccount?: string | undefined;
  /** The organization, `o-…`; asked for likewise. */
  readonly organizationId?: string | undefined;
}

/**
 * Writes the template. The role may be taken on by Ringer's account alone, with the external id, and only while that
 * account belongs to the organization; it reads and does nothing else.
 *
 * IAM is the same in every Region: a StackSet needs it in one.
 *
 * @returns CloudFormation as JSON text
 */
export function memberRoleTemplate(role: MemberRole): string {
  return stackTemplate({
    Description: 'Ringer: a role that reads CloudTrail event history and Systems Manager inventory',
    Parameters: {
      RingerAccount: parameter('The account that Ringer runs in', '^\\d{12}$', role.ringerAccount),
      OrganizationId: parameter(
        'The organization of that account',
        '^o-[a-z0-9]{10,32}$',
        role.organizationId,
      ),
      ExternalId: parameter('externalId in ringer.yaml', '^[\\w+=,.@:/-]{2,1224}$', role.externalId),
      RoleName: parameter('roleName in ringer.yaml', '^[\\w+=,.@-]{1,64}$', role.roleName),
    },
    Resources: {
      Reader: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: '${RoleName}',
          Description: 'Lets Ringer read who did what, and which software runs where',
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: policy({
            Effect: 'Allow',
            Principal: { AWS: 'arn:${AWS::Partition}:iam::${RingerAccount}:root' },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: {
                'sts:ExternalId': '${ExternalId}',
                'aws:PrincipalOrgID': '${OrganizationId}',
              },
            },
          }),
          Policies: [
            {
              PolicyName: 'Read',
              PolicyDocument: policy({
                Effect: 'Allow',
                Action: Object.values(AWS_READS).flat(),
                Resource: '*',
              }),
            },
          ],
        },
      },
    },
    Outputs: { RoleArn: { Value: '${Reader.Arn}' } },
  });
}
