/**
 * The ARN of a resource of this account, in this region. It is computed: with references, roles and functions would
 * wait for each other.
 */
export function arnOf(service: string, resource: string): object {
  const [partition, here, account] = ['Partition', 'Region', 'AccountId'].map((part) => `\${AWS::${part}}`);
  // IAM has no regions.
  const region = service === 'iam' ? '' : here;
  return { 'Fn::Sub': `arn:${partition}:${service}:${region}:${account}:${resource}` };
}

/** The ARN of a function by its name in AWS, or of one of its versions or aliases (`name:version`). */
export function functionArn(name: string): object {
  return arnOf('lambda', `function:${name}`);
}

/** The ARNs of a function and of its versions. */
export function functionArns(name: string): readonly object[] {
  return [functionArn(name), functionArn(`${name}:*`)];
}
