import type { Template } from './template.ts';

/** What this package asks of an AWS account, in one region. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
  /** Undefined where there is no such stack, or one that was never made. */
  findStack(name: string): Promise<DeployedStack | undefined>;
  /** Undefined where the account has nothing of that name. */
  find(named: NamedResource): Promise<FoundResource | undefined>;
  openBucket(name: string): Bucket;
  /** Ends what a state machine is about; returns how many executions there were. */
  endExecutions(machineArn: string): Promise<number>;
}

/** A stack as CloudFormation has it. */
export interface DeployedStack {
  readonly template: Template;
  /** What is there of it now, by logical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

/** What a template would make, and the name that it would have. */
export interface NamedResource {
  readonly type: NamedType;
  readonly name: string;
}

/** Types whose names this package looks up. */
export type NamedType =
  | 'AWS::DynamoDB::Table'
  | 'AWS::Kinesis::Stream'
  | 'AWS::S3::Bucket'
  | 'AWS::SQS::Queue'
  | 'AWS::SecretsManager::Secret';

/** Something that has a name already. */
export interface FoundResource {
  /** What CloudFormation knows it by when it takes it into a stack. */
  readonly identifier: Readonly<Record<string, string>>;
  /** The customer's key that it is encrypted with. */
  readonly keyId?: string;
  /** It is deleted, and keeps its name until the time for its recovery is over. */
  readonly isInRecovery?: boolean;
}

/** A bucket that is about to go. */
export interface Bucket {
  /** Lets nobody write into it any more. */
  denyWrites(): Promise<void>;
  /** Ends uploads in parts that were begun; returns how many. */
  endUploads(): Promise<number>;
  /** Removes all objects, with all their versions; returns how many. */
  removeVersions(): Promise<number>;
}
