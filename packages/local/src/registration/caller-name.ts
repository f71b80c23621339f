/** The access key id with which a function signs: letters and digits, because DynamoDB Local refuses others. */
export function callerName(serviceName: string, functionKey: string): string {
  return `${serviceName}${functionKey}`.replace(/[^A-Za-z0-9]/g, '');
}
