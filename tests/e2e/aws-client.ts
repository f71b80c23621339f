import type { Local } from './weir-process.ts';

/** What every client is made with. Each makes its calls once: when to send again is the test's affair. */
export function awsClient(local: Local) {
  return {
    endpoint: local.awsUrl,
    region: local.region,
    credentials: { accessKeyId: 'e2e', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}
