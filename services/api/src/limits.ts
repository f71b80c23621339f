export { AVATAR_URL_TTL_SECONDS } from './avatars/limits.ts';
export { READ_BUDGET_MS } from './http/answers/attempt.ts';
export { CURSOR_SECRET_TTL_MS } from './http/requests/cursor.ts';
export { CHANGE_BUDGET_MS } from './users/limits.ts';
