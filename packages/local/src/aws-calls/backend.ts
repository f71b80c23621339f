import type { AwsCall, Reply, RequestHead } from './aws-call.ts';

/** Answers a call by itself, for services that need no emulator. */
export type Answer = (call: AwsCall, head: RequestHead, body: Buffer) => Promise<Reply>;

/** What answers a service's calls: an emulator by its port, or a function of our own. */
export type Backend = { readonly port: number } | { readonly answer: Answer };

/** Backends by the service of the signature. `dynamodb` and `s3` are emulators. */
export type Backends = Readonly<Record<string, Backend>> &
  Readonly<Record<'dynamodb' | 's3', { readonly port: number }>>;
