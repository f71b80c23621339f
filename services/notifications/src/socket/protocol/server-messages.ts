/** Why a message was not followed. */
export type ErrorCode = 'bad-request' | 'forbidden' | 'too-many';

/** The answer to a message that was not followed. */
export interface ErrorMessage {
  readonly type: 'error';
  /** The subscription that the message named. */
  readonly id?: string;
  readonly code: ErrorCode;
}

export const PONG = { type: 'pong' } as const;

export function errorMessage(code: ErrorCode, id: string | undefined): ErrorMessage {
  return { type: 'error', ...(id !== undefined && { id }), code };
}
