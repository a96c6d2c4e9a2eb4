import {
  oneOf,
  optional,
  readEnvironment,
  text,
  url,
  wholeNumber,
  yesOrNo,
} from '../../lib/config/environment.ts';

describe('the environment of a function', () => {
  it('is given typed', () => {
    const variables = {
      table: text('TABLE'),
      size: wholeNumber('SIZE'),
      dry: yesOrNo('DRY'),
      queue: url('QUEUE'),
      level: oneOf('LEVEL', ['low', 'high']),
    };
    const environment = {
      TABLE: 'alerts',
      SIZE: '100',
      DRY: 'false',
      QUEUE: 'https://sqs.example.com/1',
      LEVEL: 'high',
    };
    expect(readEnvironment(variables, environment)).toEqual({
      table: 'alerts',
      size: 100,
      dry: false,
      queue: 'https://sqs.example.com/1',
      level: 'high',
    });
  });

  it('names every variable that is missing or wrong, and shows no value', () => {
    const read = () =>
      readEnvironment({ a: text('A'), b: wholeNumber('B'), c: text('C') }, { B: 'hunter2', C: ' ' });
    expect(read).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INVALID',
        message:
          'A is missing: expected text\nB is wrong: expected a whole number\nC is missing: expected text',
      }) as Error,
    );
  });

  it('leaves out what is optional, but not when it is wrong', () => {
    expect(readEnvironment({ a: optional(text('A')) }, {})).toEqual({ a: undefined });
    expect(() => readEnvironment({ a: optional(wholeNumber('A')) }, { A: 'x' })).toThrow('A is wrong');
  });

  it('is the environment of the process when no other is given', () => {
    process.env['RINGER_TEST_ONLY'] = '7';
    expect(readEnvironment({ a: wholeNumber('RINGER_TEST_ONLY') })).toEqual({ a: 7 });
    delete process.env['RINGER_TEST_ONLY'];
  });
});
