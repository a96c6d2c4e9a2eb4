import { actorOf } from '../../../lib/sources/aws/actor.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { ACCOUNT, call, iamUser, session } from './records.ts';

const actorIn = (userIdentity: RawRecord, more: RawRecord = {}): ReturnType<typeof actorOf> =>
  actorOf(call('s3', 'GetObject', { userIdentity, ...more }));

describe('who made a call', () => {
  it.each([
    ['the session of a role of Identity Center', session('AWSReservedSSO_Admin_0', 'some-name'), {}],
    ['a session named by an address', session('app', 'ana.silva@example.com'), {}],
    ['a session named by the local part of one', session('Researcher', 'ana.silva'), {}],
    [
      'a session in a browser',
      session('admin', 'mary-ann'),
      { userAgent: '[Mozilla/5.0 (X11; Linux x86_64)]' },
    ],
    [
      'a session whose credential is the console’s',
      session('admin', 'mary-ann'),
      { sessionCredentialFromConsole: 'true' },
    ],
    ['an IAM user', iamUser('some-name'), {}],
    ['an IAM user at the console', { ...iamUser(), invokedBy: 'signin.amazonaws.com' }, {}],
  ])('is a person for %s', (_, userIdentity, more) => {
    expect(actorIn(userIdentity, more)?.type).toBe('user');
  });

  it.each([
    ['an instance', session('app', 'i-0123456789abcdef0'), {}],
    ['a function', session('orders', 'orders-api'), {}],
    [
      'a function with the name of a person',
      session('orders', 'ana'),
      { userAgent: 'x exec-env/AWS_Lambda_nodejs22.x' },
    ],
    ['an instance profile', session('app', 'ana', { sessionContext: { ec2RoleDelivery: '2.0' } }), {}],
    [
      'a build server',
      session('app', 'ana', {
        sessionContext: {
          webIdFederationData: {
            federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
          },
        },
      }),
      {},
    ],
    ['a service-linked role', session('AWSServiceRoleForAutoScaling', 'scaling'), {}],
    ['a program’s default name', session('app', 'botocore_session'), {}],
    ['a service acting on somebody’s behalf', { ...iamUser(), invokedBy: 'athena.amazonaws.com' }, {}],
    [
      'somebody in another account',
      { type: 'AWSAccount', accountId: '111122223333', principalId: 'AIDAEXAMPLE' },
      {},
    ],
  ])('is a program for %s', (_, userIdentity, more) => {
    expect(actorIn(userIdentity, more)?.type).toBe('service');
  });

  it.each([
    ['a service by itself', { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' }],
    ['the public', { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' }],
    ['an empty identity', {}],
  ])('is nobody for %s', (_, userIdentity) => {
    expect(actorIn(userIdentity)).toBeUndefined();
  });

  it('takes a session’s name from the principal when the ARN has none', () => {
    expect(actorIn(session('app', 'Ana.Silva@example.com', { arn: undefined }))).toMatchObject({
      address: 'ana.silva@example.com',
      sessionName: 'Ana.Silva@example.com',
    });
  });

  it('takes the address a session was started with when its name is none', () => {
    const sessionContext = { sourceIdentity: 'Ana.Silva@example.com' };
    expect(actorIn(session('app', 'x-1', { sessionContext }))).toMatchObject({
      type: 'user',
      address: 'ana.silva@example.com',
    });
  });

  it('names root by its ARN, made up from the account if need be', () => {
    expect(actorIn({ type: 'Root', accountId: ACCOUNT })).toEqual({
      type: 'user',
      accountUid: `arn:aws:iam::${ACCOUNT}:root`,
    });
  });

  it('has an address only where there is an address', () => {
    expect(actorIn(iamUser('ana.silva'))).not.toHaveProperty('address');
    expect(actorIn(iamUser('Ana.Silva@example.com'))).toMatchObject({ address: 'ana.silva@example.com' });
  });
});
