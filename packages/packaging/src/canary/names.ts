/** The alias that the API calls. */
export const ALIAS = 'live';

/** The logical id of a function's alias. */
export function aliasIdOf(key: string): string {
  return `${startOf(key)}LiveAlias`;
}

/** The logical id of the alarm of a version: a new version has a new one. */
export function alarmIdOf(versionId: string): string {
  return versionId.replace('LambdaVersion', 'CanaryAlarm');
}

/** How the framework begins logical ids of a function's resources. */
export function startOf(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

/** The logical id of a function. */
export function functionIdOf(key: string): string {
  return `${startOf(key)}LambdaFunction`;
}
