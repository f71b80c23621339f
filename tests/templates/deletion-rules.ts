/** Types that hold data: what `keepData` is about. While they are there, nothing else can take their names. */
export const HOLDS_DATA: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
]);

/** Of these types, what holds nothing that anybody would miss. */
export const HOLDS_NOTHING: ReadonlySet<string> = new Set([
  // A day's promises.
  'IdempotencyTable',
  // The framework's, which empties it itself.
  'ServerlessDeploymentBucket',
]);

/** Types that go with their stack, whatever the stage. A new type has to be put here or above. */
export const GOES: ReadonlySet<string> = new Set([
  // No two of a name, but the name is free as soon as they are gone.
  'AWS::KMS::Alias',
  'AWS::Lambda::Function',
  'AWS::SSM::Parameter',
  // The same; and no role may make one anew.
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  // The same: CloudFormation leaves them no time for recovery. (One that somebody deleted by hand keeps its name for days.)
  'AWS::SecretsManager::Secret',
  // The same, once its executions have ended, which @weir/stacks sees to.
  'AWS::StepFunctions::StateMachine',
  // AWS names them, or they are parts of something else.
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
]);
