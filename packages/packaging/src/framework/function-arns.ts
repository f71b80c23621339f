/**
 * The function and its versions. The ARN is computed: with a reference, function and role would wait for each other.
 */
export function functionArns(name: string): readonly object[] {
  const [partition, region, account] = ['Partition', 'Region', 'AccountId'].map((part) => `\${AWS::${part}}`);
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  return [{ 'Fn::Sub': arn }, { 'Fn::Sub': `${arn}:*` }];
}
