import { scopesIn } from '../../lib/sources/scopes.ts';

describe('the scopes of a consent', () => {
  it('stand between spaces and commas, each once', () => {
    expect(scopesIn(['openid, email', ' email\nprofile'])).toEqual(['openid', 'email', 'profile']);
  });

  it('are none where there is no text', () => {
    expect(scopesIn([undefined, 7, ['x']])).toEqual([]);
  });

  it('are two hundred at most', () => {
    expect(scopesIn([Array.from({ length: 500 }, (_, index) => `scope${index}`).join(' ')])).toHaveLength(
      200,
    );
  });
});
