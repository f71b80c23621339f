/**
 * List prices of us-east-1 in dollars as of November 2025. The pages of the services have today's:
 * aws.amazon.com/<service>/pricing, for lambda, api-gateway, kinesis/data-streams, dynamodb/on-demand, s3, cloudwatch, kms,
 * secrets-manager, xray, sns, sqs, ses, waf, step-functions, elasticache and privatelink. Every figure in dollars in docs/ is
 * computed from this file.
 */
export const PRICES_OF = 'us-east-1, November 2025';

export const DOLLARS = {
  /** Lambda on arm64. */
  gigabyteSecond: 13.3334e-6,
  invocation: 0.2e-6,
  /** An instance that waits for calls (provisioned concurrency), for each GB. */
  provisionedGigabyteSecond: 3.3334e-6,
  /** API Gateway, REST: up to so many requests a month, each. */
  apiRequests: [
    [333e6, 3.5e-6],
    [1e9, 2.8e-6],
    [20e9, 2.38e-6],
    [Number.POSITIVE_INFINITY, 1.51e-6],
  ],
  /** API Gateway, WebSocket: a message of up to 32 KB. */
  socketMessage: 1e-6,
  /** Kinesis: a provisioned shard, and what an hour costs more from the 25th hour of retention on. */
  shardHour: 0.015,
  shardHourKept: 0.02,
  /** A stream on demand, however many shards it has. */
  onDemandHour: 0.04,
  /** There, a record counts as 1 KB at least. */
  onDemandGigabyteIn: 0.08,
  onDemandGigabyteOut: 0.04,
  onDemandGigabyteMonthKept: 0.1,
  /** 25 KB of a record. */
  putUnit: 0.014e-6,
  /** DynamoDB, tables on demand, standard class. */
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  tableGigabyteMonth: 0.25,
  /** Point-in-time recovery. */
  recoveryGigabyteMonth: 0.2,
  /** S3 standard. GET and HEAD. */
  objectRead: 0.4e-6,
  /** PUT, POST and LIST. A DELETE is free. */
  objectWrite: 5e-6,
  objectGigabyteMonth: 0.023,
  /** CloudWatch. */
  logGigabyte: 0.5,
  logGigabyteMonth: 0.03,
  metricMonth: 0.3,
  /** For each metric that an alarm watches. */
  alarmMetricMonth: 0.1,
  compositeAlarmMonth: 0.5,
  dashboardMonth: 3,
  kmsKeyMonth: 1,
  kmsRequest: 3e-6,
  secretMonth: 0.4,
  secretRequest: 5e-6,
  /** A trace that X-Ray records. */
  trace: 5e-6,
  /** A message that SNS takes. What it hands over to SQS and Lambda is free. */
  publish: 0.5e-6,
  queueRequest: 0.4e-6,
  mail: 1e-4,
  /** AWS WAF. */
  webAclMonth: 5,
  webAclRuleMonth: 1,
  webAclRequest: 0.6e-6,
  /** Step Functions: a transition of a standard workflow. */
  transition: 25e-6,
  /** ElastiCache Serverless for Valkey. */
  cacheGigabyteHour: 0.084,
  cacheUnit: 0.0023e-6,
  /** PrivateLink: an interface endpoint, for each zone. */
  endpointHour: 0.01,
} as const;

/** What AWS gives each account every month without charge, for as long as it exists. */
export const FREE = {
  alarmMetrics: 10,
  metrics: 10,
  dashboards: 3,
  traces: 100_000,
  invocations: 1e6,
  gigabyteSeconds: 400_000,
  kmsRequests: 20_000,
  logGigabytes: 5,
  queueRequests: 1e6,
} as const;

/** What no counter of ours sees, and AWS documents or shows. */
export const ASSUMED = {
  hoursOfMonth: 730,
  /** Memory at which a function has one whole CPU. */
  megabytesOfCpu: 1769,
  /** How long a function waits for a call, in the same region. */
  waitMs: { dynamodb: 6, kinesis: 12, s3: 30, secretsmanager: 15, sns: 15, sqs: 10, states: 30 },
  /** Bytes of Lambda's own lines about a call: START, END, REPORT with the trace. */
  platformLogBytes: 420,
  /** API Gateway's line about a request, in the format of services/api/resources/stage.yml. */
  accessLogBytes: 620,
  /** Months that logs are kept. */
  logMonths: 3,
  /** X-Ray records the first request of a second, and this share of the others. */
  tracedShare: 0.05,
  /** Kinesis and DynamoDB ask KMS again after five minutes, S3 less often with bucket keys: for each shard, and for the rest. */
  kmsRequestsPerShard: 2,
  kmsRequestsOfStage: 12,
  kmsSeconds: 300,
  /** Lambda asks an idle queue with so many pollers, each of which waits so long for a message. */
  pollersOfQueue: 5,
  pollSeconds: 20,
  /** Shards with which a stream on demand begins. */
  shardsOnDemand: 4,
  /** ElastiCache bills an emptier cache as if it had so much. */
  leastCacheGigabytes: 0.1,
  /** A shard takes so many records a second. */
  recordsPerShard: 1000,
} as const;
