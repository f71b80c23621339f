/**
 * The environment of every function of this service; each reads the variables that it needs. None of the resources
 * exists.
 */
export const TOLD: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'api',
  AWS_SECRET_ACCESS_KEY: 'local',
  WEIR_STAGE: 'test',
  WEIR_SERVICE: 'weir-api',
  WEIR_LOG_LEVEL: 'SILENT',
  WEIR_STREAM_NAME: 'weir-test-events',
  WEIR_METRICS_TABLE: 'weir-test-metrics',
  WEIR_IDEMPOTENCY_TABLE: 'weir-test-idempotency',
  WEIR_KEYS_TABLE: 'weir-test-keys',
  WEIR_USERS_TABLE: 'weir-test-users',
  WEIR_ARCHIVE_BUCKET: 'weir-test-archive',
  WEIR_AVATARS_BUCKET: 'weir-test-avatars',
  WEIR_REPORTS_TABLE: 'weir-test-reports',
  WEIR_REPORTS_BUCKET: 'weir-test-reports',
  WEIR_NOTIFICATIONS_TABLE: 'weir-test-notifications',
  WEIR_WEBHOOKS_TO_THIS_MACHINE: 'true',
  WEIR_BOOTSTRAP_KEY_SECRET: 'weir-test-bootstrap-key',
  WEIR_CURSOR_SECRET: 'weir-test-cursor-secret',
  WEIR_USER_ACTIVITY: 'true',
  WEIR_REDIS_URL: '',
  WEIR_RATE_LIMIT_PER_SECOND: '10000',
  WEIR_RATE_LIMIT_BURST: '10000',
  WEIR_ERASURE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:weir-test-erasures',
  WEIR_ERASURE_GRACE_SECONDS: '0',
  WEIR_ERASURE_INTERVAL_SECONDS: '0',
  WEIR_ERASURE_LAST_PASS_SECONDS: '691200',
  WEIR_ERASURE_ORPHANS_SECONDS: '5400',
  WEIR_STREAM_RETENTION_HOURS: '168',
  WEIR_LOG_RETENTION_DAYS: '30',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_TRACE_ENABLED: 'false',
};

/** Sets AWS's address `awsUrl` and the test's own variables in `env`. Returns a function that restores `env`. */
export function tellFunctions(
  env: NodeJS.ProcessEnv,
  awsUrl: string,
  own: Readonly<Record<string, string>> = {},
): () => void {
  const before = { ...env };
  // S3 needs an IP address: with a host name its client would put the bucket before it.
  const aws = { AWS_ENDPOINT_URL: awsUrl, AWS_ENDPOINT_URL_S3: awsUrl.replace('localhost', '127.0.0.1') };
  const told = { ...TOLD, ...aws, ...own };
  Object.assign(env, told);
  return () => {
    for (const name of Object.keys(told)) delete env[name];
    Object.assign(env, before);
  };
}
