/** The version that a deployment is about. */
export interface Target {
  /** The function's name in AWS. */
  readonly functionName: string;
  /** A number. */
  readonly version: string;
}

/**
 * Reads the target in an AppSpec of Lambda, in JSON or YAML: no document says which of the two CloudFormation writes.
 * Throws an Error if it has none.
 */
export function readTarget(appSpec: string): Target {
  const functionName = textAfter(appSpec, 'Name');
  const version = textAfter(appSpec, 'TargetVersion');
  if (functionName === undefined || version === undefined || !/^\d+$/.test(version)) {
    throw new Error('the AppSpec names no function with a version');
  }
  return { functionName, version };
}

function textAfter(appSpec: string, name: string): string | undefined {
  return new RegExp(`["']?\\b${name}\\b["']?\\s*:\\s*["']?([\\w-]+)`).exec(appSpec)?.[1];
}
