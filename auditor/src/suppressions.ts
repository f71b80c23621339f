import type { Checker, Suppression } from './finding.ts';

/**
 * Every finding that stays, with the reason. A pattern that suppresses nothing any more has to go. What is wrong in a
 * template is mended there, and never suppressed here.
 */
export const SUPPRESSIONS: readonly Suppression[] = [
  {
    ...{ checker: 'specification', rule: 'fixed-property', where: ['resource-types/AWS-DynamoDB-Table'] },
    about: 'LocalSecondaryIndexes',
    reason: 'DynamoDB makes an index of this kind only together with its table.',
  },

  // Permissions.
  {
    ...nag('AwsSolutions-IAM5', 'api/*', 'ingest-stream/*', 'notifications/*', 'reports/*'),
    about: 'Resource::*:',
    reason: 'X-Ray takes no resource: writing segments, and for state machines reading sampling rules.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'api/*', 'ingest-stream/*', 'notifications/*', 'reports/*'),
    about: ':log-group:/aws/lambda/',
    reason: 'The log streams of the function’s own log group, whose names Lambda makes up.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'ingest-stream/*', 'reports/*'),
    about: 'Bucket.Arn>/',
    reason: 'The objects below one prefix, whose names are made of times and hashes.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'api/*', 'reports/*', 'notifications/*'),
    about: ':s3:::weir-',
    reason: 'The objects below one prefix, whose names are made of times and hashes.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'notifications/*'),
    about: '/@connections/*',
    reason: 'Connections, whose ids API Gateway makes up; posting and closing are different roles.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'notifications/MailIamRoleLambdaExecution'),
    about: ':identity/*',
    reason: 'In its sandbox, SES also asks for a right on the identity of each reader.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'reports/AuditIamRoleLambdaExecution'),
    about: ':execution:',
    reason: 'Executions of one state machine, which an operator may have named.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'notifications/MailIamRoleLambdaExecution'),
    about: ':identity/*',
    reason: 'In its sandbox SES asks for the identity of the receiver too; a condition names the sender.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'ingest-stream/BackupRole'),
    about: '/backup/*',
    reason: 'Backups of the stage’s own tables, whose names DynamoDB makes up.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'api/ProbeIamRoleLambdaExecution'),
    about: ':deploymentgroup:',
    reason: 'The deployment groups of the stage’s own functions.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'api/ProbeIamRoleLambdaExecution'),
    about: ':function:weir-',
    reason: 'The versions of three functions, which Lambda numbers.',
  },
  {
    ...nag('AwsSolutions-IAM5', 'api/CanaryRole'),
    about: ':alarm:*',
    reason: 'CodeDeploy reads the alarms of its deployment groups, whose names CloudFormation makes up.',
  },
  {
    ...nag('Serverless-LambdaStarPermissions', '*/*IamRoleLambdaExecution'),
    reason: 'The same stars as in AwsSolutions-IAM5, each with its reason there.',
  },

  // The API. Who may call it is decided by our own keys: docs/decisions/0021-keys-and-their-authorizer.md.
  {
    ...nag('AwsSolutions-APIG2', 'api/ApiGatewayRestApi'),
    reason: 'The checks of requests are in the document of the API (tests/templates/rest-api reads it).',
  },
  {
    ...nag('AwsSolutions-APIG3', 'api/ApiStage'),
    reason: 'A web ACL costs more than an idle stage. Stage, keys and bodies have limits (docs/security.md).',
  },
  {
    ...nag('AwsSolutions-APIG6', 'api/ApiStage'),
    reason: 'Execution logs would hold bodies. The access log has a line for each request.',
  },
  {
    ...nag('AwsSolutions-APIG1', 'notifications/WebsocketsDeploymentStage'),
    reason: 'Each connection is an item with its key, and the function socket logs the keys that it refuses.',
  },
  {
    ...nag('AwsSolutions-APIG4', 'notifications/*Route'),
    reason: 'The function socket checks the key of a connection itself; an authorizer would be a second call.',
  },
  {
    ...nag('Serverless-APIGWAccessLogging', 'notifications/WebsocketsDeploymentStage'),
    reason: 'As AwsSolutions-APIG1.',
  },

  // Data.
  {
    ...nag('AwsSolutions-S1', '*/*Bucket'),
    reason: 'S3’s access logs would keep object names and addresses beyond an erasure; only roles of the stage get in.',
  },
  {
    ...nag('AwsSolutions-DDB3', 'api/IdempotencyTable'),
    reason: 'Answers of one day. If they are lost, only the retries of that day are not recognised.',
  },
  {
    ...nag('AwsSolutions-KDS3', 'ingest-stream/EventStream'),
    reason: 'The stage’s own key instead of the account’s, so that its policy decides who reads events.',
  },
  {
    ...nag('AwsSolutions-SMG4', 'api/CursorSecret'),
    reason: 'A new value would end lists that are in use, and a stolen one only forges where a list goes on.',
  },

  // What fails.
  {
    ...nag('AwsSolutions-SF1', '*/*Machine'),
    reason: 'Logging needs rights on every log group of the account; executions keep their history for 90 days.',
  },
  {
    ...nag('AwsSolutions-SQS3', '*/*DeadLetters'),
    reason: 'These are dead-letter queues, of functions: the rule only knows those of queues.',
  },
  {
    ...nag('Serverless-SQSRedrivePolicy', '*/*DeadLetters'),
    reason: 'These are the dead-letter queues.',
  },
  {
    ...nag('Serverless-LambdaDLQ', '*/*LambdaFunction'),
    reason:
      'A function has a destination for failures instead, where it is called asynchronously (tests/checklist), and no queue for calls that somebody waits for.',
  },
  {
    ...nag('Serverless-EventBusDLQ', '*/*EventsRuleSchedule1'),
    reason: 'A call of a schedule that is lost is made up by the next one; an alarm rises when none succeeds.',
  },
  {
    ...nag('Serverless-LambdaAsyncFailureDestination', '*/*LambdaEvConf'),
    reason: 'The next call of the schedule does what this one has left; its event holds nothing.',
  },
  {
    ...nag('Serverless-LambdaEventSourceMappingDestination', '*/*EventSourceMapping*SQS*'),
    reason: 'The queue itself has the dead-letter queue.',
  },
  {
    ...nag('Serverless-LambdaEventSourceMappingDestination', 'notifications/*EventSourceMappingDynamodb*'),
    reason: 'Nothing is given up: records are tried until the stream forgets them, and an alarm rises long before.',
  },
  {
    ...nag('Serverless-SNSRedrivePolicy', 'notifications/*SnsSubscription*'),
    reason: 'SNS tries a function for 23 days. What the function then fails on goes to its own dead-letter queue.',
  },

  // Alarms: those of tests/alarms ask about what callers and operators notice, not about each counter of each resource.
  {
    ...alarm('AWS/Lambda/Errors', '*/*LambdaFunction'),
    reason:
      'Functions of the API: ApiFailingAlarm sees each error as a 5xx. Others: the queue or schedule has an alarm.',
  },
  {
    ...alarm('AWS/Lambda/Throttles', '*/*LambdaFunction'),
    reason:
      'A throttled call shows as a 5xx of the API, as age of a stream or queue, or as a schedule without success.',
  },
  {
    ...alarm('AWS/Lambda/Duration', '*/*LambdaFunction'),
    reason:
      'Functions with a budget stop before their time-out, and those of the API share ApiSlowAlarm (tests/checklist).',
  },
  {
    ...alarm('AWS/Lambda/IteratorAge', 'notifications/DeliverLambdaFunction', 'notifications/MailLambdaFunction'),
    reason: 'Functions of queues have no iterator; their queues’ oldest message has an alarm.',
  },
  {
    ...alarm('AWS/Lambda/IteratorAge', 'reports/WorkLambdaFunction', 'reports/CoordinateLambdaFunction'),
    reason: 'work has a queue and no iterator; coordinate gives records up after five attempts, which has an alarm.',
  },
  {
    ...alarm('AWS/ApiGateway/4XXError', 'api/*'),
    reason: 'A caller’s mistake: the answer tells the caller. An operator could do nothing.',
  },
  {
    ...alarm('AWS/DynamoDB/ReadThrottleEvents', '*/*Table', 'notifications/NotificationsTable.due'),
    reason: 'Tables on demand. A throttled call is tried again, and what fails for good shows as an error.',
  },
  {
    ...alarm('AWS/DynamoDB/WriteThrottleEvents', '*/*Table', 'notifications/NotificationsTable.due'),
    reason: 'Tables on demand. A throttled call is tried again, and what fails for good shows as an error.',
  },
  {
    ...alarm('AWS/DynamoDB/UserErrors', '*/*Table'),
    reason: 'DynamoDB has this metric for the account, and not for a table: the alarm would never rise.',
  },
  {
    ...alarm('AWS/DynamoDB/SystemErrors', '*/*Table'),
    reason: 'The SDK tries again; what fails for good shows as an error of its function.',
  },
  {
    ...alarm('AWS/Events/FailedInvocations', '*/*EventsRuleSchedule1'),
    reason: 'An alarm rises when a schedule’s function has not succeeded for some periods, whatever the cause.',
  },
  {
    ...alarm('AWS/Events/ThrottledRules', '*/*EventsRuleSchedule1'),
    reason: 'As FailedInvocations.',
  },
  {
    ...alarm('AWS/Kinesis/GetRecords.IteratorAgeMilliseconds', 'ingest-stream/EventStream'),
    reason: 'ConsumerBehindAlarm watches the same of the function, which is the reader.',
  },
  {
    ...alarm('AWS/Kinesis/GetRecords.Success', 'ingest-stream/EventStream'),
    reason: 'Reading that fails makes the consumer late: ConsumerBehindAlarm and ConsumerIdleAlarm.',
  },
  {
    ...alarm('AWS/Kinesis/ReadProvisionedThroughputExceeded', 'ingest-stream/EventStream'),
    reason: 'As GetRecords.Success. The sweep reads too, once a minute, and tries again.',
  },
  {
    ...alarm('AWS/Kinesis/PutRecord.Success', 'ingest-stream/EventStream'),
    reason: 'StreamFullAlarm is about refused records; a put that fails for another reason is a 503 of the API.',
  },
  {
    ...alarm('AWS/Kinesis/PutRecords.Success', 'ingest-stream/EventStream'),
    reason: 'As PutRecord.Success.',
  },
  {
    ...alarm('AWS/SNS/NumberOfNotificationsFailed', '*/*'),
    reason: 'What SNS cannot hand over goes to a dead-letter queue, or is tried for 23 days.',
  },
  {
    ...alarm('AWS/SNS/NumberOfNotificationsFilteredOut-InvalidAttributes', '*/*'),
    reason: 'No subscription has a filter.',
  },
  {
    ...alarm('AWS/SQS/ApproximateNumberOfMessagesNotVisible', '*/*'),
    reason:
      'At most some hundred calls take messages at a time; SQS allows 120,000. Nobody receives from dead letters.',
  },
  {
    ...alarm('AWS/States/ExecutionThrottled', '*/*Machine'),
    reason: 'One execution at a time, which Step Functions goes on with by itself.',
  },
  {
    ...alarm('AWS/States/ExecutionsFailed', 'reports/AuditMachine'),
    reason: 'The schedule starts an audit that failed again; AuditOverdueAlarm rises when none is made.',
  },
  {
    ...alarm('AWS/States/ExecutionsTimedOut', 'reports/AuditMachine'),
    reason: 'As ExecutionsFailed.',
  },

  // Templates.
  {
    ...of('cloudformation-validate', 'W8003', '*/Conditions/*'),
    reason: 'Conditions compare parameters of the stage, which packaging has filled in.',
  },
  {
    ...of('cfn-lint', 'W8003', '*/Conditions/*'),
    reason: 'As cloudformation-validate W8003.',
  },
  {
    ...of('cloudformation-validate', 'W9053', '*/template'),
    reason: 'Two parameters of this stage happen to be the same; those of another stage are not.',
  },
  {
    ...of('cloudformation-validate', 'W2503', '*/*Alarm'),
    reason: 'The rule of a composite alarm asks for an alarm only where its condition holds, the same in both places.',
  },
  {
    ...of('cfn-lint', 'W1028', '*/*Alarm'),
    reason: 'Of one stage, one branch of a condition is never taken.',
  },
  {
    ...of('cfn-lint', 'W3005', '*/*'),
    reason: 'The framework names what each function depends on, although a reference says so already.',
  },
];

type Place = Pick<Suppression, 'checker' | 'rule' | 'where'>;

function nag(rule: string, ...where: readonly string[]): Place {
  return of('cdk-nag', rule, ...where);
}

/** An alarm that slic-watch would add. */
function alarm(metric: string, ...where: readonly string[]): Place {
  return of('slic-watch', metric, ...where);
}

function of(checker: Checker, rule: string, ...where: readonly string[]): Place {
  return { checker, rule, where };
}
