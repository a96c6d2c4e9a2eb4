import { eventOf, eventsOf, fixture, normalize } from './records.ts';

const v1 = fixture('entra/signIns/interactive-v1');
const beta = fixture('entra/signIns/interactive-beta-managed-device');
const failure = (errorCode: number) => eventOf({ ...v1, status: { errorCode } }, 'authentication');

describe('a sign-in', () => {
  it.each([
    50055, 50072, 50074, 50076, 50079, 50097, 50105, 50158, 53000, 53001, 53002, 53003, 53004, 500121, 530032,
  ])('that failed with %i had the right password', (code) => {
    expect(failure(code)).toMatchObject({
      status: 'failure',
      statusDetail: String(code),
      firstFactorPassed: true,
    });
  });

  it.each([50034, 50053, 50057, 50126, 50140, 50125, 50058])(
    'that failed with %i does not say so',
    (code) => {
      const signIn = failure(code);
      expect(signIn.status).toBe('failure');
      expect(signIn).not.toHaveProperty('firstFactorPassed');
    },
  );

  it.each([
    ['v1.0 that does not say is interactive', { ...v1, isInteractive: undefined }, true],
    ['beta that names the event type is interactive', { ...beta, isInteractive: undefined }, true],
    ['a renewed token is not', { ...beta, isInteractive: false }, false],
    [
      'another event type is not',
      { ...beta, isInteractive: undefined, signInEventTypes: ['nonInteractiveUser'] },
      false,
    ],
    ['a password handed over by a program is not', { ...beta, authenticationProtocol: 'ropc' }, false],
    ['a saved password of a mail program is not', { ...v1, clientAppUsed: 'Authenticated SMTP' }, false],
    [
      'a program is not, even when it says so',
      { ...beta, signInEventTypes: ['servicePrincipal'], servicePrincipalId: 'x', isInteractive: true },
      false,
    ],
  ])('of %s', (_, record, interactive) => {
    expect(eventOf(record, 'authentication').interactive).toBe(interactive);
  });

  it('of a person stays theirs beside an empty service principal', () => {
    expect(eventOf(beta, 'authentication').actor).toMatchObject({
      type: 'user',
      address: 'jane.doe@example.com',
    });
  });

  it('that was refused on the phone gives a second event about the refusal', () => {
    const [signIn, refusal] = eventsOf(fixture('entra/signIns/second-factor-refused'));
    expect(refusal).toMatchObject({
      kind: 'account-change',
      activity: 'mfa-challenge-denied',
      part: 1,
      uid: signIn?.uid,
    });
  });

  it('that failed for a mistyped code gives no refusal', () => {
    const status = { errorCode: 500121, additionalDetails: 'MFA denied; invalid verification code' };
    expect(eventsOf({ ...v1, status })).toHaveLength(1);
  });

  it('names nobody and is irrelevant, however damaged the rest is', () => {
    const record = { ...v1, userPrincipalName: '', userId: '', createdDateTime: 'never' };
    expect(normalize(record)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it.each([['damaged'], [{ errorCode: 'n' }], [{}]])('with the status %j is no success', (status) => {
    expect(eventOf({ ...v1, status }, 'authentication').status).toBe('failure');
  });

  it('does not repeat an address in a rejection', () => {
    expect(normalize({ ...v1, createdDateTime: 'jane.doe@example.com' })).toEqual({
      outcome: 'rejected',
      because: 'createdDateTime: expected a time, got a text',
    });
  });

  it.each([
    ['its present name', { riskEventTypes_v2: ['anonymizedIPAddress'] }],
    ['its former name', { riskEventTypes_v2: undefined, riskEventTypes: ['anonymizedIPAddress'] }],
  ])('takes an anonymous address by %s', (_name, risks) => {
    expect(eventOf({ ...v1, ...risks }, 'authentication').srcEndpoint?.anonymizer).toEqual({ kind: 'proxy' });
    expect(eventOf(v1, 'authentication').srcEndpoint).not.toHaveProperty('anonymizer');
  });

  it('keeps a place out of range out', () => {
    const location = { countryOrRegion: 'US', geoCoordinates: { latitude: 139, longitude: -104 } };
    expect(eventOf({ ...v1, location }, 'authentication').srcEndpoint?.vendorPlace).toEqual({
      country: 'US',
    });
  });
});

describe('a risk detection', () => {
  const risk = fixture('entra/riskDetections/unlikely-travel');

  it('that turned out to be none is dismissed', () => {
    const none = { ...risk, riskState: 'none', riskLevel: 'none' };
    expect(eventOf(none, 'detection-finding').state).toBe('dismissed');
  });

  it('whose level is not told is hidden, whatever word stands for it', () => {
    for (const riskLevel of ['hidden', 'none', 'unknownFutureValue', null])
      expect(eventOf({ ...risk, riskLevel }, 'detection-finding')).toMatchObject({
        level: 'hidden',
        state: 'at-risk',
      });
  });
});
