import type { AwsCall, Reply, RequestHead } from './aws-call.ts';

/** Answers a call by itself, for services that need no emulator. */
export type Answer = (call: AwsCall, head: RequestHead, body: Buffer) => Promise<Reply>;

/** A parsed body of a JSON call, or of its answer. */
export type WireJson = Readonly<Record<string, unknown>>;

/** Where an emulator differs from AWS, and what to do about it. */
export interface Dialect {
  /** Why a request cannot be made of it, though AWS would take it. */
  readonly refusal?: (action: string, request: WireJson) => string | undefined;
  /** The request in the words that the emulator understands; the same object where it need not change. */
  readonly respell?: (action: string, request: WireJson) => WireJson;
  /** By action: the answer as AWS gives it; the same object where it need not change. */
  readonly corrections?: Readonly<Record<string, (answer: WireJson) => WireJson>>;
}

/** Where an emulator listens (by default on 127.0.0.1), and how to talk to it. */
export interface EmulatorBackend {
  readonly port: number;
  readonly host?: string;
  readonly dialect?: Dialect;
}

/** What answers a service's calls: an emulator, or a function of our own. */
export type Backend = EmulatorBackend | { readonly answer: Answer };

/** Backends by the service of the signature. `dynamodb` and `s3` are emulators. */
export type Backends = Readonly<Record<string, Backend>> & Readonly<Record<'dynamodb' | 's3', EmulatorBackend>>;
