/** An emulator behind the AWS door. */
export interface Emulator {
  /** Where it answers, on 127.0.0.1. */
  readonly port: number;
  /** A sentence to show at the start. */
  readonly notice?: string;
  close(): Promise<void>;
}
