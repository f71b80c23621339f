import type { FaultRule } from '../aws-door/faults.ts';
import type { Usage } from '../aws-door/usage.ts';
import type { EngineName } from '../dynamodb-engines/engine-name.ts';
import type { ServiceRegistration, ServiceStatus } from '../registration/service-registration.ts';
import type { WaitResult } from '../registration/service-registry.ts';

/** How to start the local AWS. */
export interface LocalAwsOptions {
  /** Where state is kept between runs; undefined keeps everything in memory. */
  readonly dataDir: string | undefined;
  /** Moves every fixed port. */
  readonly portOffset?: number;
  /** The door's port instead of 4566 and the offset; 0 takes a free one. */
  readonly port?: number;
  /** Programs send it to change something over HTTP; a new one by default. */
  readonly token?: string;
  /** What the tables run on, instead of what `WEIR_DYNAMODB_ENGINE` says. */
  readonly dynamodbEngine?: EngineName;
  readonly log?: (line: string) => void;
  /** Takes a sentence about a part that ended and is started again; by default it is logged. */
  readonly tell?: (sentence: string) => void;
}

/** All of AWS that the services need, running on this machine. */
export interface LocalAws {
  /** The AWS door: every AWS client's endpoint. */
  readonly url: string;
  /** Programs send it to change something over HTTP. */
  readonly token: string;
  /** The viewer of the mails that were sent. */
  readonly mailUrl: string;
  /** Where clients of the WebSocket API connect; undefined while no service has one. */
  pushUrl(): string | undefined;
  /** Sentences to show at the start. */
  notices(): readonly string[];
  /** The calls since the start or the last reset. */
  usage(): Usage;
  resetUsage(): void;
  /** Makes calls fail as these rules say, until the rules are used up or cleared. */
  addFaults(...rules: readonly FaultRule[]): void;
  clearFaults(): void;
  /** Creates the service's resources, then starts its event sources as soon as its functions can be invoked. */
  registerService(registration: ServiceRegistration): Promise<void>;
  /** Stops the service's event sources, and waits for the invocations that are running. */
  unregisterService(name: string): Promise<void>;
  services(): readonly ServiceStatus[];
  /** Resolves when each named service has registered and its event sources run. */
  waitForServices(names: readonly string[], timeoutMs: number): Promise<WaitResult>;
  /** Resolves with one sentence when a part has ended for good: the caller ends the rest. */
  readonly lost: Promise<string>;
  /** Ends everything, event sources first; nothing stays running. */
  close(): Promise<void>;
}
