import type { Need } from '../policy/policy.ts';

/** What AWS reads in the name of a function, for an event source mapping of it: the framework grants the same. */
const SOURCE_ACTIONS = {
  kinesis: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
  dynamodb: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
  sqs: ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'],
} as const;

/** Says what a role lacks for something that AWS does in its name; undefined if it lacks nothing. */
export type RoleCheck = (needs: readonly Need[]) => string | undefined;

/** Throws what a role lacks. */
export function expectRight(lacks: RoleCheck, needs: readonly Need[]): void {
  const lack = lacks(needs);
  if (lack !== undefined) throw new Error(`AccessDenied: ${lack}`);
}

/** What the role of a function must allow so that Lambda can read a stream or a queue for it. */
export function sourceNeeds(service: keyof typeof SOURCE_ACTIONS, resource: string): readonly Need[] {
  return SOURCE_ACTIONS[service].map((action) => ({ action: `${service}:${action}`, resource }));
}

/** What the role of a function must allow so that Lambda can send to a destination; `key` is that of an S3 object. */
export function sendNeeds(destination: string, key = ''): readonly Need[] {
  switch (destination.split(':')[2]) {
    case 's3':
      return [
        // Lambda looks whether the S3 bucket exists.
        { action: 's3:ListBucket', resource: destination },
        { action: 's3:PutObject', resource: `${destination}/${key}` },
      ];
    case 'sns':
      return [{ action: 'sns:Publish', resource: destination }];
    case 'lambda':
      return invokeNeeds(destination);
    default:
      return [{ action: 'sqs:SendMessage', resource: destination }];
  }
}

/** What a role must allow so that AWS can invoke a function in its name. */
export function invokeNeeds(functionArn: string): readonly Need[] {
  return [{ action: 'lambda:InvokeFunction', resource: functionArn }];
}
