/** The alias that the API calls. */
export const ALIAS = 'live';

/** The logical id of a function's alias. */
export function aliasIdOf(key: string): string {
  return `${startOf(key)}LiveAlias`;
}

/** The logical id of the alarm of a version: a new version has a new one. */
export function alarmIdOf(versionId: string): string {
  return `${versionId.replace('LambdaVersion', 'Canary')}Alarm`;
}

/** How the framework begins logical ids of a function's resources. */
export function startOf(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

/** The logical id of a function. */
export function functionIdOf(key: string): string {
  return `${startOf(key)}LambdaFunction`;
}

/** The ARN of a function by its name in AWS, or of one of its versions or aliases (`name:version`). */
export function functionArn(name: string): object {
  return arnOf('lambda', `function:${name}`);
}

/**
 * The ARN of a resource of this account. It is computed: with references, roles and functions would wait for each
 * other.
 */
export function arnOf(service: string, resource: string): object {
  const [partition, region, account] = ['Partition', 'Region', 'AccountId'].map((part) => `\${AWS::${part}}`);
  return { 'Fn::Sub': `arn:${partition}:${service}:${region}:${account}:${resource}` };
}
