import { resolveValue, type Scope } from '../../../lib/simulator/twin/templates/intrinsics.ts';

const SCOPE: Scope = {
  stackName: 'Toy',
  ref: (id) => Promise.resolve(`ref-${id}`),
  attribute: (id, name) => Promise.resolve(`${id}:${name}`),
  imported: (name) => Promise.resolve(`imported-${name}`),
  output: (stack, name) => Promise.resolve(`${stack}-gives-${name}`),
};

it.each([
  [{ Ref: 'Queue' }, 'ref-Queue'],
  [{ Ref: 'AWS::Region' }, 'eu-central-1'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue:Arn'],
  [{ 'Fn::GetAtt': 'Queue.Arn' }, 'Queue:Arn'],
  [{ 'Fn::Join': [':', ['a', { Ref: 'B' }, { 'Fn::GetAtt': ['C', 'D'] }]] }, 'a:ref-B:C:D'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  [{ 'Fn::ImportValue': { 'Fn::Join': ['-', ['x', 'y']] } }, 'imported-x-y'],
  [
    { 'Fn::Sub': '${AWS::AccountId}/${Queue}/${Queue.Arn}/${!Kept}' },
    '000000000000/ref-Queue/Queue:Arn/${Kept}',
  ],
  [{ 'Fn::Sub': ['${Own}-${Queue}', { Own: { Ref: 'X' } }] }, 'ref-X-ref-Queue'],
  [{ list: [1, { Ref: 'AWS::NoValue' }, { deep: { Ref: 'X' } }] }, { list: [1, { deep: 'ref-X' }] }],
  [{ kept: true, gone: { Ref: 'AWS::NoValue' } }, { kept: true }],
])('resolves %j', async (value, expected) => {
  expect(await resolveValue(value, SCOPE)).toEqual(expected);
});

it('names a function it does not know', async () => {
  await expect(resolveValue({ 'Fn::Cidr': [] }, SCOPE)).rejects.toThrow(
    'Toy: the twin does not know Fn::Cidr',
  );
});
