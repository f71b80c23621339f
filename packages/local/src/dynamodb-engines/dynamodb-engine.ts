import type { Dialect } from '../aws-calls/backend.ts';

/** A program that is the tables and their streams. */
export interface DynamoDbEngine {
  /** The address of this machine that it listens on. */
  readonly host: string;
  readonly port: number;
  readonly pid: number | undefined;
  readonly dialect: Dialect;
  /** A sentence for the person that starts it, where there is something to know. */
  readonly notice?: string;
  /** Resolves when the program has ended, with the reason. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/** The address of what need not hide. */
export const LOCALHOST = '127.0.0.1';
