import type { WantedPort } from '../ports/busy-port.ts';
import type { LocalPorts } from '../ports/local-ports.ts';
import { numberedService } from '../ports/local-ports.ts';
import type { LocalFile } from './local-file.ts';

const STAGE = 'local';
const REGION = 'us-east-1';
const ACCOUNT_ID = '000000000000';

/** The names of everything shared, computed from the stage as `serverless.common.yml` does. */
export const LOCAL_STAGE = {
  stage: STAGE,
  region: REGION,
  accountId: ACCOUNT_ID,
  stream: `weir-${STAGE}-events`,
  buckets: {
    archive: `weir-${STAGE}-archive-${ACCOUNT_ID}`,
    avatars: `weir-${STAGE}-avatars-${ACCOUNT_ID}`,
    reports: `weir-${STAGE}-reports-${ACCOUNT_ID}`,
  },
  tables: {
    metrics: `weir-${STAGE}-metrics`,
    users: `weir-${STAGE}-users`,
    reports: `weir-${STAGE}-reports`,
    notifications: `weir-${STAGE}-notifications`,
  },
  keySecret: `weir-${STAGE}-bootstrap-key`,
} as const;

/** The content of `.weir/local.json`. */
export function localFileOf(
  endpoints: Pick<LocalFile, 'apiUrl' | 'awsUrl' | 'mailUrl' | 'pushUrl' | 'key' | 'token' | 'pid'>,
): LocalFile {
  const { buckets, tables, stream } = LOCAL_STAGE;
  const { apiUrl, awsUrl, mailUrl, pushUrl, key, token, pid } = endpoints;
  return {
    stage: STAGE,
    region: REGION,
    accountId: ACCOUNT_ID,
    apiUrl,
    key,
    stream,
    buckets,
    tables,
    awsUrl,
    mailUrl,
    ...(pushUrl !== undefined && { pushUrl }),
    token,
    pid,
  };
}

/** Every port that must be free before anything starts. */
export function wantedPorts(ports: LocalPorts, services: readonly string[]): WantedPort[] {
  const ofServices = services.flatMap((name) => {
    const numbered = numberedService(name);
    const { http, lambda } = numbered === undefined ? {} : ports.service(numbered);
    return [
      { port: http, purpose: `the service ${name}` },
      { port: lambda, purpose: `the functions of ${name}` },
    ].filter((wanted): wanted is WantedPort => wanted.port !== undefined);
  });
  return [{ port: ports.api, purpose: 'the API' }, { port: ports.aws, purpose: 'the local AWS' }, ...ofServices];
}
