/** `.` and `..`, and their forms in a path. */
const STEP = /^~*\.{1,2}$/;
const ESCAPED_STEP = /^~+\.{1,2}$/;

/**
 * The path of a user. Clients and gateways treat `.` and `..` as steps, encoded or not. So these ids get a `~` in front,
 * and so do ids that look like the result, and no others: each id has one path.
 */
export function userPath(userId: string): string {
  return `/v1/users/${encodeURIComponent(STEP.test(userId) ? `~${userId}` : userId)}`;
}

/** The user id in a decoded segment of a path. */
export function userIdOf(segment: string): string {
  return ESCAPED_STEP.test(segment) ? segment.slice(1) : segment;
}
