import type { FromSchema } from '@weir/events';
import type { errorSchema, pongSchema } from './message-schemas.ts';

/** The answer to a message that was not followed. */
export type ErrorMessage = FromSchema<typeof errorSchema>;

/** Why a message was not followed. */
export type ErrorCode = ErrorMessage['code'];

export const PONG: FromSchema<typeof pongSchema> = { type: 'pong' };

export function errorMessage(code: ErrorCode, id: string | undefined): ErrorMessage {
  return { type: 'error', ...(id !== undefined && { id }), code };
}
