import type { AwsCall } from '../../aws-calls/aws-call.ts';
import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { expectRight, sourceNeeds } from '../../aws-door/rights/needs/acting-needs.ts';
import type { ServiceRegistration } from '../../registration/service-registration.ts';
import { ACCOUNT_ID } from '../../registration/template-values.ts';
import type { DeclaredMapping } from '../mappings/declared-mappings.ts';
import type { EventSourceMapping } from '../mappings/event-source-mapping.ts';
import { type StreamMappingDeps, startStreamMapping } from '../streams/stream-mapping.ts';
import { readStreamSettings, type StreamSettings } from '../streams/stream-settings.ts';
import { openTableStream, TABLE_STREAM_RETENTION_MS } from './table-stream-client.ts';

/** Calls that change no item. */
const READS = /^(?:Get|BatchGet|TransactGet|Query|Scan|Describe|List)/;

/** Reads a mapping of a table's stream; throws what is wrong with it. */
export function tableMapping(
  { event, given, resolved, laidOver }: DeclaredMapping,
  deps: StreamMappingDeps,
): EventSourceMapping {
  const settings = readTableStreamSettings(resolved, laidOver);
  const { registration, definition } = event;
  const parameter = storedParameter(given.arn, registration);
  let tableName = parameter === undefined ? tableOf(String(resolved.arn)) : undefined;
  return {
    source: tableName === undefined ? `the stream that is in ${parameter}` : `the stream of the table ${tableName}`,
    isWokenBy: (call) => tableName !== undefined && isWriteTo(tableName, call),
    open: async () => {
      tableName ??= tableOf(await readParameter(deps.aws, parameter ?? ''));
      expectRight(event.lacks, sourceNeeds('dynamodb', declaredStreamArn(tableName, registration.region)));
      const stream = await openTableStream({
        ...{ aws: deps.aws, tableName, region: registration.region, account: ACCOUNT_ID },
        now: deps.clock.now,
        log: (line) => deps.log(`${definition.name}: ${line}`),
      });
      return startStreamMapping({ event, settings, ...stream, batchInfo: 'DDBStreamBatchInfo' }, deps);
    },
  };
}

/**
 * Lambda gives up records that the stream has forgotten, also while it retries: a bad record blocks its shard for a day
 * at most.
 */
export function readTableStreamSettings(...declared: Parameters<typeof readStreamSettings>): StreamSettings {
  const settings = readStreamSettings(...declared);
  if (settings.startingPosition.from === 'AT_TIMESTAMP') {
    throw new Error('The stream of a table has no startingPosition AT_TIMESTAMP: take LATEST or TRIM_HORIZON');
  }
  const age = settings.maximumRecordAgeMs;
  return {
    ...settings,
    maximumRecordAgeMs: age < 0 ? TABLE_STREAM_RETENTION_MS : Math.min(age, TABLE_STREAM_RETENTION_MS),
  };
}

/** The table of `arn:aws:dynamodb:…:table/<name>/stream/<label>`. */
function tableOf(streamArn: string): string {
  const [, tableName] = streamArn.split('/');
  if (tableName === undefined) throw new Error(`${streamArn} is no ARN of a table's stream`);
  return tableName;
}

/** The ARN that a template's reference to the table's stream has here. */
function declaredStreamArn(tableName: string, region: string): string {
  return `arn:aws:dynamodb:${region}:${ACCOUNT_ID}:table/${tableName}/stream/local`;
}

function isWriteTo(tableName: string, { service, action, resource = tableName }: AwsCall): boolean {
  return service === 'dynamodb' && !READS.test(action) && resource.split(',').includes(tableName);
}

/** The parameter of the store that a `Ref` to a template's parameter of type `AWS::SSM::Parameter::Value` stands for. */
function storedParameter(arn: unknown, { parameters = {} }: ServiceRegistration): string | undefined {
  const { Ref } = (typeof arn === 'object' && arn !== null ? arn : {}) as { Ref?: string };
  const parameter = Ref === undefined ? undefined : parameters[Ref];
  return parameter?.Type.startsWith('AWS::SSM::Parameter::Value') ? String(parameter.Default) : undefined;
}

async function readParameter(aws: AwsClient, name: string): Promise<string> {
  const outcome = await aws.json('ssm', 'GetParameter', { Name: name });
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  return (outcome.json.Parameter as { readonly Value: string }).Value;
}
