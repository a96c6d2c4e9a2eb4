import { askForAnswers } from '../../lib/cli/init-ask.ts';

/** What somebody at the terminal types, by a word of the question; what is refused comes first. */
let typed: Record<string, string[]>;
const asked: string[] = [];
const refusals: string[] = [];

jest.mock('../../lib/cli/terminal-prompts.ts', () => ({
  askSome: () => Promise.resolve(['okta', 'aws']),
  askLine(message: string, wrong: (text: string) => string | undefined) {
    asked.push(message);
    const lines = Object.entries(typed).find(([word]) => message.includes(word))?.[1] ?? [''];
    const good = lines.find((line) => {
      const problem = wrong(line);
      if (problem !== undefined) refusals.push(problem);
      return problem === undefined;
    });
    if (good === undefined) throw new Error(`no good answer to ${message}`);
    return Promise.resolve(good);
  },
}));

beforeEach(() => {
  asked.length = refusals.length = 0;
  typed = { Okta: ['', 'example', 'https://example.okta.com'] };
});

describe('the questions of ringer init', () => {
  it('are asked until the answer can be meant', async () => {
    typed['domains'] = ['example', 'example.com, example.org'];
    const answers = await askForAnswers({}, 'ringer-x');
    expect(answers).toMatchObject({
      sources: ['okta', 'aws'],
      oktaUrl: 'https://example.okta.com',
      domains: ['example.com', 'example.org'],
    });
    expect(refusals).toEqual([
      expect.stringContaining('a domain such as example.com'),
      'It cannot do without.',
      expect.stringContaining('an https URL'),
    ]);
  });

  it('are not asked when an option has the answer', async () => {
    await askForAnswers({ organization: 'Example', sources: ['google'], slack: [] }, 'ringer-x');
    for (const word of ['Name', 'Slack', 'Okta', 'AWS'])
      expect(asked.filter((message) => message.includes(word))).toEqual([]);
  });

  it('are only about what is read', async () => {
    const { trailBucket, awsAccounts } = await askForAnswers({}, 'ringer-x');
    expect(asked.join()).toContain('AWS accounts');
    expect({ trailBucket, awsAccounts }).toEqual({ trailBucket: undefined, awsAccounts: [] });
  });
});
