/** Types that hold data: `keepData` decides whether they stay. While they exist, nothing else can take their names. */
export const HOLDS_DATA: ReadonlySet<string> = new Set([
  // Only a stage with keepData has one. Its name is the stack's own.
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
]);

/** Resources of these types that hold no data worth keeping. */
export const HOLDS_NOTHING: ReadonlySet<string> = new Set([
  // The answers of a day, kept for an `Idempotency-Key`.
  'IdempotencyTable',
  // The framework's own, which the framework empties.
  'ServerlessDeploymentBucket',
]);

/** Types that are removed with their stack, in every stage. Add a new type here or above. */
export const GOES: ReadonlySet<string> = new Set([
  // Their names are unique, but free again as soon as they are removed.
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::KMS::Alias',
  'AWS::Lambda::Function',
  'AWS::SNS::Topic',
  'AWS::SSM::Parameter',
  // The same; and no role may create one again.
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  // The same: CloudFormation deletes them without a recovery time. (After a deletion by hand, the name is taken for
  // days.)
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::RotationSchedule',
  // The same after its executions have ended; @weir/stacks ends them.
  'AWS::StepFunctions::StateMachine',
  // AWS names them, or they are parts of something else.
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::IntegrationResponse',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::RouteResponse',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  // ACM makes another one in minutes.
  'AWS::CertificateManager::Certificate',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  // Of a stage with a Redis of its own. Network interfaces of functions are gone some twenty minutes after the functions,
  // and CloudFormation waits for them.
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElastiCache::User',
  'AWS::ElastiCache::UserGroup',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  // One that no alias names is not used any more.
  'AWS::Lambda::Version',
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
  // SES forgets a domain with its keys: a new one has other records of DNS.
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::WebACLAssociation',
]);
