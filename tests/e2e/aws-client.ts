import type { Local } from './weir-process.ts';

/** The options of every client. A client makes each call once: the test decides when to send again. */
export function awsClient(local: Local) {
  return {
    endpoint: local.awsUrl,
    region: local.region,
    credentials: { accessKeyId: 'e2e', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}
