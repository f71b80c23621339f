import type { Template } from './template.ts';

/** What this package asks an AWS account, in one region. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
  /** Undefined if there is no such stack, or it was never made. */
  findStack(name: string): Promise<DeployedStack | undefined>;
  /** Undefined if the account has nothing of that name. */
  find(named: NamedResource): Promise<FoundResource | undefined>;
  openBucket(name: string): S3Bucket;
  /** Sets whether DynamoDB refuses to delete a table; returns whether that changed anything. */
  protectTable(name: string, isProtected: boolean): Promise<boolean>;
  /** Ends the running executions of a state machine; returns how many there were. */
  endExecutions(machineArn: string): Promise<number>;
}

/** A stack as CloudFormation has it. */
export interface DeployedStack {
  readonly template: Template;
  /** The resources that it has now, by logical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

/** What a template would make, and the name that this would have. */
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

/** A resource that already has a name. */
export interface FoundResource {
  /** Its identifier when CloudFormation takes it into a stack. */
  readonly identifier: Readonly<Record<string, string>>;
  /** The customer's KMS key with which it is encrypted. */
  readonly keyId?: string;
  /** It is deleted, and keeps its name until the time for its recovery is over. */
  readonly isInRecovery?: boolean;
}

/** An S3 bucket that is about to be removed. */
export interface S3Bucket {
  /** Forbids everybody to write into it. */
  denyWrites(): Promise<void>;
  /** Ends unfinished uploads in parts; returns how many. */
  endUploads(): Promise<number>;
  /** Removes all objects, with all their versions; returns how many. */
  removeVersions(): Promise<number>;
}
