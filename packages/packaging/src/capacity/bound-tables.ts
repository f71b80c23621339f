import { resourcesOf, type Service } from '../framework/serverless.ts';

/**
 * Gives each table on demand the stage's bounds: as many units of reads and of writes as it takes in a second. 0 is none,
 * and leaves the template as it is.
 */
export function boundTables(service: Service): void {
  const { tableMaxReadUnits, tableMaxWriteUnits } = (service.custom?.stage ?? {}) as Readonly<Record<string, unknown>>;
  // Parameters given on the command line are texts.
  const [reads, writes] = [Number(tableMaxReadUnits ?? 0), Number(tableMaxWriteUnits ?? 0)];
  const bounds = {
    ...(reads > 0 && { MaxReadRequestUnits: reads }),
    ...(writes > 0 && { MaxWriteRequestUnits: writes }),
  };
  if (Object.keys(bounds).length === 0) return;
  for (const { Type, Properties } of resourcesOf(service)) {
    if (Type === 'AWS::DynamoDB::Table') Object.assign(Properties ?? {}, { OnDemandThroughput: bounds });
  }
}
