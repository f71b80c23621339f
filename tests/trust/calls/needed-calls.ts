import { ACCOUNT } from '../github-template.ts';

/** Lines of a resource, and of actions of one service on it. */
export type Calls = Readonly<Record<string, readonly (readonly [resource: string, actions: string])[]>>;

/** In front of a name, by the service of the action. */
export const at = (service: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}`;
export const API = 'arn:aws:apigateway:us-east-1::';
/** An import takes no tags: the API gets them by a call of its own. */
export const UNTAGGED_API = `${API}/restapis`;
export const TAGS_OF_API = `${API}/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1`;
export const API_ACTIONS = 'apigateway:DELETE GET PATCH POST PUT';
const ALARM = 'cloudwatch:DeleteAlarms TagResource UntagResource ListTagsForResource';

/**
 * What CloudFormation calls to make, change, read and remove a resource of a type. From the handlers in CloudFormation's
 * schemas of resources, without calls for properties that no template here has. `{Property}` is the resource's property,
 * `{made-up}` a name that CloudFormation makes of the names of stack and resource.
 */
export const NEEDED_CALLS: Calls = {
  'AWS::ApiGateway::Deployment': [[`${API}/restapis/a1/deployments/b2`, API_ACTIONS]],
  // @weir/packaging folds it into the document of its API.
  'AWS::ApiGateway::GatewayResponse': [],
  // The document is imported: POST /restapis?mode=import makes an API, and PUT /restapis/a1 changes it.
  'AWS::ApiGateway::RestApi': [
    [UNTAGGED_API, 'apigateway:POST'],
    [TAGS_OF_API, 'apigateway:PUT'],
    [`${API}/restapis/a1`, API_ACTIONS],
  ],
  'AWS::ApiGateway::Stage': [[`${API}/restapis/a1/stages/{StageName}`, API_ACTIONS]],
  'AWS::ApiGatewayV2::Api': [
    [`${API}/apis`, 'apigateway:POST'],
    [`${API}/apis/a1`, API_ACTIONS],
  ],
  'AWS::ApiGatewayV2::Deployment': [[`${API}/apis/a1/deployments/b2`, API_ACTIONS]],
  'AWS::ApiGatewayV2::Integration': [[`${API}/apis/a1/integrations/b2`, API_ACTIONS]],
  'AWS::ApiGatewayV2::IntegrationResponse': [[`${API}/apis/a1/integrations/b2/integrationresponses/c3`, API_ACTIONS]],
  'AWS::ApiGatewayV2::Route': [[`${API}/apis/a1/routes/b2`, API_ACTIONS]],
  'AWS::ApiGatewayV2::RouteResponse': [[`${API}/apis/a1/routes/b2/routeresponses/c3`, API_ACTIONS]],
  'AWS::ApiGatewayV2::Stage': [[`${API}/apis/a1/stages/{StageName}`, API_ACTIONS]],
  'AWS::Backup::BackupPlan': [
    [
      `${at('backup')}:backup-plan:p1`,
      'backup:CreateBackupPlan DeleteBackupPlan GetBackupPlan ListTags TagResource UntagResource UpdateBackupPlan',
    ],
  ],
  'AWS::Backup::BackupSelection': [
    [`${at('backup')}:backup-plan:p1`, 'backup:CreateBackupSelection DeleteBackupSelection GetBackupSelection'],
    [`arn:aws:iam::${ACCOUNT}:role/weir/{stage}/a`, 'iam:PassRole GetRole'],
    [
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
      'iam:CreateServiceLinkedRole',
    ],
  ],
  'AWS::Backup::BackupVault': [
    [
      `${at('backup')}:backup-vault:weir-{stage}-1`,
      'backup:CreateBackupVault DeleteBackupVault DescribeBackupVault GetBackupVaultAccessPolicy PutBackupVaultAccessPolicy DeleteBackupVaultAccessPolicy PutBackupVaultLockConfiguration DeleteBackupVaultLockConfiguration GetBackupVaultNotifications ListTags TagResource UntagResource',
    ],
    ['*', 'backup-storage:MountCapsule'],
    [`${at('kms')}:key/k1`, 'kms:CreateGrant Decrypt DescribeKey GenerateDataKey RetireGrant'],
  ],
  'AWS::CloudWatch::Alarm': [
    [`${at('cloudwatch')}:alarm:{made-up}`, `${ALARM} PutMetricAlarm`],
    ['*', 'cloudwatch:DescribeAlarms'],
  ],
  'AWS::CloudWatch::CompositeAlarm': [
    [`${at('cloudwatch')}:alarm:{AlarmName}`, `${ALARM} PutCompositeAlarm`],
    ['*', 'cloudwatch:DescribeAlarms'],
  ],
  'AWS::CloudWatch::Dashboard': [
    [
      `arn:aws:cloudwatch::${ACCOUNT}:dashboard/{DashboardName}`,
      'cloudwatch:DeleteDashboards GetDashboard ListTagsForResource PutDashboard TagResource UntagResource',
    ],
  ],
  'AWS::DynamoDB::Table': [
    [
      `${at('dynamodb')}:table/{TableName}`,
      'dynamodb:CreateTable DeleteTable DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination DescribeTable DescribeTimeToLive GetResourcePolicy ListTagsOfResource TagResource UntagResource UpdateContinuousBackups UpdateTable UpdateTimeToLive',
    ],
    [`${at('kms')}:key/k1`, 'kms:CreateGrant Decrypt DescribeKey Encrypt RevokeGrant'],
    ['*', 'kms:ListAliases'],
  ],
  'AWS::Events::Rule': [
    [
      `${at('events')}:rule/{made-up:64}`,
      'events:DeleteRule DescribeRule ListTagsForResource ListTargetsByRule PutRule PutTargets RemoveTargets TagResource UntagResource',
    ],
  ],
  'AWS::IAM::Role': [
    [
      `arn:aws:iam::${ACCOUNT}:role/weir/{stage}/{made-up:64}`,
      'iam:AttachRolePolicy CreateRole DeleteRole DeleteRolePolicy DetachRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoleTags PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
    ],
  ],
  'AWS::KMS::Alias': [
    [`${at('kms')}:{AliasName}`, 'kms:CreateAlias DeleteAlias UpdateAlias'],
    [`${at('kms')}:key/k1`, 'kms:CreateAlias DeleteAlias UpdateAlias'],
    ['*', 'kms:ListAliases'],
  ],
  'AWS::KMS::Key': [
    ['*', 'kms:CreateKey'],
    [
      `${at('kms')}:key/k1`,
      'kms:DescribeKey DisableKey DisableKeyRotation EnableKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription',
    ],
  ],
  'AWS::Kinesis::Stream': [
    [
      `${at('kinesis')}:stream/{Name}`,
      'kinesis:AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStreamSummary IncreaseStreamRetentionPeriod ListTagsForResource ListTagsForStream RemoveTagsFromStream StartStreamEncryption StopStreamEncryption TagResource UntagResource UpdateShardCount UpdateStreamMode',
    ],
  ],
  'AWS::Lambda::EventInvokeConfig': [
    [
      `${at('lambda')}:function:{FunctionName}`,
      'lambda:DeleteFunctionEventInvokeConfig GetFunctionEventInvokeConfig PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig',
    ],
  ],
  'AWS::Lambda::EventSourceMapping': [
    ['*', 'lambda:CreateEventSourceMapping'],
    [
      `${at('lambda')}:event-source-mapping:m1`,
      'lambda:DeleteEventSourceMapping GetEventSourceMapping ListTags TagResource UntagResource UpdateEventSourceMapping',
    ],
  ],
  'AWS::Lambda::Function': [
    [
      `${at('lambda')}:function:{FunctionName}`,
      'lambda:CreateFunction DeleteFunction DeleteFunctionConcurrency GetFunction GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetRuntimeManagementConfig ListTags PublishVersion PutFunctionConcurrency TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration',
    ],
    [`arn:aws:iam::${ACCOUNT}:role/weir/{stage}/a`, 'iam:PassRole'],
    [`${at('kms')}:key/k1`, 'kms:CreateGrant Decrypt Encrypt GenerateDataKey'],
    ['arn:aws:s3:::{bucket}/serverless/a.zip', 's3:GetObject GetObjectVersion'],
  ],
  'AWS::Lambda::Permission': [
    [`${at('lambda')}:function:{FunctionName}`, 'lambda:AddPermission GetPolicy RemovePermission'],
  ],
  'AWS::Logs::LogGroup': [
    [
      `${at('logs')}:log-group:{LogGroupName}`,
      'logs:AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteRetentionPolicy DisassociateKmsKey GetDataProtectionPolicy ListTagsForResource PutRetentionPolicy TagResource UntagResource',
    ],
    ['*', 'logs:DescribeLogGroups'],
  ],
  'AWS::Logs::MetricFilter': [
    [`${at('logs')}:log-group:{LogGroupName}`, 'logs:DeleteMetricFilter DescribeMetricFilters PutMetricFilter'],
  ],
  'AWS::S3::Bucket': [
    [
      'arn:aws:s3:::{BucketName}',
      's3:CreateBucket DeleteBucket GetBucketAcl GetBucketCORS GetBucketNotification GetBucketOwnershipControls GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning GetEncryptionConfiguration GetLifecycleConfiguration ListBucket PutBucketCORS PutBucketNotification PutBucketOwnershipControls PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration',
    ],
  ],
  'AWS::S3::BucketPolicy': [['arn:aws:s3:::{Bucket}', 's3:DeleteBucketPolicy GetBucketPolicy PutBucketPolicy']],
  'AWS::SES::ConfigurationSet': [
    [
      `${at('ses')}:configuration-set/{Name}`,
      'ses:CreateConfigurationSet DeleteConfigurationSet DescribeConfigurationSet GetConfigurationSet PutConfigurationSetReputationOptions PutConfigurationSetSendingOptions PutConfigurationSetSuppressionOptions PutConfigurationSetDeliveryOptions TagResource UntagResource',
    ],
  ],
  'AWS::SES::ConfigurationSetEventDestination': [
    [
      `${at('ses')}:configuration-set/{ConfigurationSetName}`,
      'ses:CreateConfigurationSetEventDestination DeleteConfigurationSetEventDestination GetConfigurationSetEventDestinations UpdateConfigurationSetEventDestination',
    ],
  ],
  'AWS::SES::EmailIdentity': [
    [
      `${at('ses')}:identity/mail.shop.example`,
      'ses:CreateEmailIdentity DeleteEmailIdentity GetEmailIdentity ListTagsForResource PutEmailIdentityConfigurationSetAttributes PutEmailIdentityDkimSigningAttributes PutEmailIdentityFeedbackAttributes PutEmailIdentityMailFromAttributes TagResource UntagResource',
    ],
  ],
  'AWS::SNS::Subscription': [
    [`${at('sns')}:weir-{stage}-topic`, 'sns:Subscribe Unsubscribe'],
    [`${at('sns')}:weir-{stage}-topic:s1`, 'sns:GetSubscriptionAttributes SetSubscriptionAttributes'],
  ],
  'AWS::SNS::Topic': [
    [
      `${at('sns')}:{TopicName}`,
      'sns:CreateTopic DeleteTopic GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource SetTopicAttributes TagResource UntagResource',
    ],
  ],
  'AWS::SNS::TopicPolicy': [[`${at('sns')}:weir-{stage}-topic`, 'sns:GetTopicAttributes SetTopicAttributes']],
  'AWS::SQS::Queue': [
    [
      `${at('sqs')}:{QueueName}`,
      'sqs:CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueueTags SetQueueAttributes TagQueue UntagQueue',
    ],
  ],
  'AWS::SQS::QueuePolicy': [[`${at('sqs')}:weir-{stage}-queue`, 'sqs:GetQueueAttributes SetQueueAttributes']],
  'AWS::SSM::Parameter': [
    [
      `${at('ssm')}:parameter{Name}`,
      'ssm:AddTagsToResource DeleteParameter GetParameters ListTagsForResource PutParameter RemoveTagsFromResource',
    ],
  ],
  'AWS::SecretsManager::RotationSchedule': [
    [
      `${at('secretsmanager')}:secret:weir-{stage}-bootstrap-key-abcdef`,
      'secretsmanager:CancelRotateSecret DescribeSecret RotateSecret',
    ],
    [`${at('lambda')}:function:weir-api-{stage}-rotate`, 'lambda:InvokeFunction'],
  ],
  'AWS::SecretsManager::Secret': [
    [
      `${at('secretsmanager')}:secret:{Name}-abcdef`,
      'secretsmanager:CreateSecret DeleteSecret DescribeSecret GetSecretValue TagResource UntagResource UpdateSecret',
    ],
    ['*', 'secretsmanager:GetRandomPassword'],
    [`${at('kms')}:key/k1`, 'kms:Decrypt GenerateDataKey'],
  ],
  'AWS::StepFunctions::StateMachine': [
    [
      `${at('states')}:stateMachine:{StateMachineName}`,
      'states:CreateStateMachine DeleteStateMachine DescribeStateMachine ListTagsForResource TagResource UntagResource UpdateStateMachine',
    ],
    [`arn:aws:iam::${ACCOUNT}:role/weir/{stage}/a`, 'iam:PassRole'],
  ],
};
