import { WeirError } from '../calls/call-errors.ts';

/** Weir does not push these rows. */
export class LiveError extends WeirError {
  override readonly name = 'LiveError';
  /** `bad-request`, `forbidden` or `too-many`. */
  readonly code: string;

  constructor(code: string) {
    super(`the live rows were refused: ${code}`);
    this.code = code;
  }
}
