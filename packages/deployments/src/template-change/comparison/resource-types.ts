/** What a change may not do to the resources of a type. */
export interface ResourceType {
  /**
   * Properties that cannot change: with another value CloudFormation makes another resource, and then removes this one.
   * From CloudFormation's schemas (`createOnlyProperties`); `npm run audit-templates` compares them with AWS'
   * specification.
   */
  readonly fixed?: readonly string[];
  /**
   * No two resources of the type have the same values of these properties together. Without the first one, AWS makes up
   * a name.
   */
  readonly key?: readonly string[];
  /** The property with the name that others use; by default the first of the key. */
  readonly name?: string;
  /** Properties whose change AWS refuses, whatever the policies say. */
  readonly never?: readonly string[];
  /** What is lost with a resource: the data in it, or what others know of it (an address, a key, subscriptions). */
  readonly holds?: 'data' | 'address';
}

/** Every type of which a service makes something. A test fails for a type that is not here. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGateway::Authorizer': { fixed: ['RestApiId'], key: ['Name', 'RestApiId'] },
  'AWS::ApiGateway::BasePathMapping': { fixed: ['DomainName', 'BasePath'], key: ['DomainName', 'BasePath'] },
  'AWS::ApiGateway::Deployment': { fixed: ['RestApiId', 'DeploymentCanarySettings'] },
  'AWS::ApiGateway::DomainName': { fixed: ['DomainName'], key: ['DomainName'], holds: 'address' },
  'AWS::ApiGateway::GatewayResponse': { fixed: ['ResponseType', 'RestApiId'], key: ['ResponseType', 'RestApiId'] },
  'AWS::ApiGateway::Method': {
    fixed: ['RestApiId', 'ResourceId', 'HttpMethod'],
    key: ['RestApiId', 'ResourceId', 'HttpMethod'],
  },
  'AWS::ApiGateway::Model': { fixed: ['Name', 'RestApiId', 'ContentType'], key: ['Name', 'RestApiId'] },
  'AWS::ApiGateway::RequestValidator': { fixed: ['Name', 'RestApiId'] },
  'AWS::ApiGateway::Resource': {
    fixed: ['PathPart', 'ParentId', 'RestApiId'],
    key: ['PathPart', 'ParentId', 'RestApiId'],
  },
  // Two may have the same name. Metrics are of a name.
  'AWS::ApiGateway::RestApi': { name: 'Name', holds: 'address' },
  'AWS::ApiGateway::Stage': { fixed: ['RestApiId', 'StageName'], key: ['StageName', 'RestApiId'] },
  'AWS::ApiGatewayV2::Api': { fixed: ['ProtocolType'], holds: 'address' },
  'AWS::ApiGatewayV2::ApiMapping': { fixed: ['DomainName'], key: ['DomainName', 'ApiMappingKey'] },
  'AWS::ApiGatewayV2::Deployment': { fixed: ['ApiId'] },
  'AWS::ApiGatewayV2::DomainName': { fixed: ['DomainName'], key: ['DomainName'], holds: 'address' },
  'AWS::ApiGatewayV2::Integration': { fixed: ['ApiId'] },
  'AWS::ApiGatewayV2::IntegrationResponse': {
    fixed: ['ApiId', 'IntegrationId'],
    key: ['IntegrationResponseKey', 'IntegrationId', 'ApiId'],
  },
  'AWS::ApiGatewayV2::Route': { fixed: ['ApiId'], key: ['RouteKey', 'ApiId'] },
  'AWS::ApiGatewayV2::RouteResponse': { fixed: ['ApiId', 'RouteId'], key: ['RouteResponseKey', 'RouteId', 'ApiId'] },
  'AWS::ApiGatewayV2::Stage': { fixed: ['StageName', 'ApiId'], key: ['StageName', 'ApiId'] },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    fixed: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    key: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    fixed: ['PolicyName', 'ResourceId', 'ScalableDimension', 'ScalingTargetId', 'ServiceNamespace'],
    key: ['PolicyName', 'ResourceId', 'ScalableDimension', 'ScalingTargetId'],
  },
  'AWS::Backup::BackupPlan': {},
  'AWS::Backup::BackupSelection': { fixed: ['BackupPlanId', 'BackupSelection'] },
  'AWS::Backup::BackupVault': {
    fixed: ['BackupVaultName', 'EncryptionKeyArn'],
    key: ['BackupVaultName'],
    holds: 'data',
  },
  'AWS::CertificateManager::Certificate': {
    fixed: [
      ...['DomainName', 'SubjectAlternativeNames', 'DomainValidationOptions', 'ValidationMethod', 'KeyAlgorithm'],
      ...['CertificateAuthorityArn', 'CertificateExport'],
    ],
  },
  'AWS::CloudWatch::Alarm': { fixed: ['AlarmName'], key: ['AlarmName'] },
  'AWS::CloudWatch::CompositeAlarm': { fixed: ['AlarmName'], key: ['AlarmName'] },
  'AWS::CloudWatch::Dashboard': { fixed: ['DashboardName'], key: ['DashboardName'] },
  'AWS::CodeDeploy::Application': { fixed: ['ApplicationName', 'ComputePlatform'], key: ['ApplicationName'] },
  'AWS::CodeDeploy::DeploymentGroup': {
    fixed: ['DeploymentGroupName', 'ApplicationName'],
    key: ['DeploymentGroupName', 'ApplicationName'],
  },
  'AWS::DynamoDB::Table': {
    fixed: ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
    key: ['TableName'],
    holds: 'data',
  },
  'AWS::EC2::RouteTable': { fixed: ['VpcId'] },
  'AWS::EC2::SecurityGroup': { fixed: ['GroupName', 'GroupDescription', 'VpcId'], key: ['GroupName', 'VpcId'] },
  'AWS::EC2::SecurityGroupEgress': {
    fixed: [
      ...['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6'],
      ...['DestinationPrefixListId', 'DestinationSecurityGroupId'],
    ],
    key: ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'DestinationSecurityGroupId'],
  },
  'AWS::EC2::SecurityGroupIngress': {
    fixed: [
      ...['GroupId', 'GroupName', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'SourcePrefixListId'],
      ...['SourceSecurityGroupId', 'SourceSecurityGroupName', 'SourceSecurityGroupOwnerId'],
    ],
    key: ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'SourceSecurityGroupId'],
  },
  'AWS::EC2::Subnet': {
    fixed: [
      ...['VpcId', 'AvailabilityZone', 'AvailabilityZoneId', 'CidrBlock', 'OutpostArn', 'Ipv6Native'],
      ...['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'],
    ],
    key: ['CidrBlock', 'VpcId'],
  },
  'AWS::EC2::SubnetRouteTableAssociation': { fixed: ['SubnetId', 'RouteTableId'], key: ['SubnetId'] },
  'AWS::EC2::VPC': { fixed: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'VpcEncryptionControl'] },
  'AWS::EC2::VPCEndpoint': {
    fixed: [
      'ServiceName',
      'VpcEndpointType',
      'VpcId',
      'ServiceNetworkArn',
      'ResourceConfigurationArn',
      'ServiceRegion',
    ],
    key: ['ServiceName', 'VpcId'],
  },
  'AWS::ElastiCache::ServerlessCache': {
    fixed: ['ServerlessCacheName', 'KmsKeyId', 'SnapshotArnsToRestore', 'SubnetIds', 'NetworkType'],
    key: ['ServerlessCacheName'],
  },
  'AWS::ElastiCache::User': { fixed: ['UserId', 'UserName', 'Engine'], key: ['UserId'] },
  'AWS::ElastiCache::UserGroup': { fixed: ['UserGroupId', 'Engine'], key: ['UserGroupId'] },
  'AWS::Events::Rule': { fixed: ['Name', 'EventBusName'], key: ['Name', 'EventBusName'] },
  'AWS::IAM::ManagedPolicy': { fixed: ['ManagedPolicyName', 'Description', 'Path'], key: ['ManagedPolicyName'] },
  'AWS::IAM::Role': { fixed: ['RoleName', 'Path'], key: ['RoleName'] },
  'AWS::KMS::Alias': { fixed: ['AliasName'], key: ['AliasName'] },
  'AWS::KMS::Key': { never: ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'], holds: 'data' },
  'AWS::Kinesis::Stream': { fixed: ['Name'], key: ['Name'], holds: 'data' },
  'AWS::Lambda::Alias': { fixed: ['Name', 'FunctionName'], key: ['Name', 'FunctionName'] },
  'AWS::Lambda::EventInvokeConfig': { fixed: ['FunctionName', 'Qualifier'], key: ['FunctionName', 'Qualifier'] },
  'AWS::Lambda::EventSourceMapping': {
    fixed: [
      ...['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp', 'SelfManagedEventSource'],
      ...['SelfManagedKafkaEventSourceConfig', 'AmazonManagedKafkaEventSourceConfig'],
    ],
    key: ['EventSourceArn', 'FunctionName'],
  },
  'AWS::Lambda::Function': { fixed: ['FunctionName', 'PackageType', 'TenancyConfig'], key: ['FunctionName'] },
  'AWS::Lambda::Permission': {
    fixed: [
      ...['FunctionName', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl', 'SourceAccount', 'SourceArn', 'Principal'],
      ...['PrincipalOrgID', 'Action', 'EventSourceToken'],
    ],
  },
  'AWS::Lambda::Version': {
    fixed: ['FunctionName', 'Description', 'CodeSha256', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'],
  },
  'AWS::Logs::LogGroup': { fixed: ['LogGroupName'], key: ['LogGroupName'] },
  'AWS::Logs::MetricFilter': { fixed: ['FilterName', 'LogGroupName'], key: ['FilterName', 'LogGroupName'] },
  'AWS::Route53::RecordSet': {
    fixed: ['HostedZoneId', 'HostedZoneName', 'Name'],
    key: ['Name', 'Type', 'SetIdentifier', 'HostedZoneId', 'HostedZoneName'],
  },
  'AWS::S3::Bucket': {
    fixed: ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'],
    key: ['BucketName'],
    holds: 'data',
  },
  'AWS::S3::BucketPolicy': { fixed: ['Bucket'], key: ['Bucket'] },
  'AWS::SES::ConfigurationSet': { fixed: ['Name'], key: ['Name'] },
  'AWS::SES::ConfigurationSetEventDestination': { fixed: ['ConfigurationSetName'] },
  'AWS::SES::EmailIdentity': { fixed: ['EmailIdentity'], key: ['EmailIdentity'], holds: 'address' },
  'AWS::SNS::Subscription': {
    fixed: ['TopicArn', 'Protocol', 'Endpoint'],
    key: ['TopicArn', 'Protocol', 'Endpoint'],
  },
  'AWS::SNS::Topic': { fixed: ['TopicName', 'FifoTopic'], key: ['TopicName'], holds: 'address' },
  'AWS::SNS::TopicPolicy': { key: ['Topics'] },
  'AWS::SQS::Queue': { fixed: ['QueueName', 'FifoQueue'], key: ['QueueName'], holds: 'data' },
  'AWS::SQS::QueuePolicy': { key: ['Queues'] },
  'AWS::SSM::Parameter': { fixed: ['Name'], key: ['Name'] },
  'AWS::SecretsManager::RotationSchedule': { fixed: ['SecretId'], key: ['SecretId'] },
  'AWS::SecretsManager::Secret': { fixed: ['Name'], key: ['Name'], holds: 'address' },
  'AWS::StepFunctions::StateMachine': {
    fixed: ['StateMachineName', 'StateMachineType'],
    key: ['StateMachineName'],
  },
  'AWS::WAFv2::WebACLAssociation': { fixed: ['ResourceArn', 'WebACLArn'], key: ['ResourceArn'] },
};
