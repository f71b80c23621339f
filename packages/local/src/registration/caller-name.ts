/** The access key id that a function signs with: letters and digits, as DynamoDB Local refuses others. */
export function callerName(serviceName: string, functionKey: string): string {
  return `${serviceName}${functionKey}`.replace(/[^A-Za-z0-9]/g, '');
}
