/** An emulator behind the AWS door. */
export interface Emulator {
  /** Where it answers, on 127.0.0.1. */
  readonly port: number;
  /** A sentence for whoever starts it, where there is something that they had better know. */
  readonly notice?: string;
  close(): Promise<void>;
}
