import type { WantedPort } from '../ports/busy-port.ts';
import type { LocalPorts } from '../ports/local-ports.ts';
import { numberedService } from '../ports/local-ports.ts';
import type { LocalFile } from './local-file.ts';

const stage = 'local';
const region = 'us-east-1';
const accountId = '000000000000';

/** The names of everything shared, computed from the stage as `serverless.common.yml` does. */
export const localStage = {
  stage,
  region,
  accountId,
  stream: `weir-${stage}-events`,
  buckets: { archive: `weir-${stage}-archive-${accountId}`, avatars: `weir-${stage}-avatars-${accountId}` },
  tables: { metrics: `weir-${stage}-metrics`, users: `weir-${stage}-users` },
  keySecret: `weir-${stage}-bootstrap-key`,
} as const;

/** The content of `.weir/local.json`. */
export function localFileOf(endpoints: Pick<LocalFile, 'apiUrl' | 'awsUrl' | 'mailUrl' | 'key' | 'pid'>): LocalFile {
  const { buckets, tables, stream } = localStage;
  const { apiUrl, awsUrl, mailUrl, key, pid } = endpoints;
  return { stage, region, accountId, apiUrl, key, stream, buckets, tables, awsUrl, mailUrl, pid };
}

/** Every port that has to be free before anything starts. */
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
