/** `.` and `..`, and what stands for them in a path. */
const STEP = /^~*\.{1,2}$/;
const ESCAPED_STEP = /^~+\.{1,2}$/;

/**
 * The path of a user. Clients and gateways take `.` and `..` for steps, encoded or not, so they stand there with a `~` in
 * front; so do ids that look like that, and no others: each id has one path.
 */
export function userPath(userId: string): string {
  return `/v1/users/${encodeURIComponent(STEP.test(userId) ? `~${userId}` : userId)}`;
}

/** The user id of a path's decoded segment. */
export function userIdOf(segment: string): string {
  return ESCAPED_STEP.test(segment) ? segment.slice(1) : segment;
}
