import { eventSchema } from './event-schema.ts';

const { id: idRule, userId: userIdRule, action: actionRule, value: valueRule } = eventSchema.properties;
const idPattern = new RegExp(idRule.pattern);
const actionPattern = new RegExp(actionRule.pattern);

/** What each field must be, for a person. */
export const fieldRules = {
  id: `must be ${idRule.minLength} to ${idRule.maxLength} printable ASCII characters`,
  userId: `must be a string of ${userIdRule.minLength} to ${userIdRule.maxLength} characters`,
  action: `must be ${actionRule.minLength} to ${actionRule.maxLength} of A-Z a-z 0-9 . _ : - and not begin with __`,
  timestamp: 'must be an integer (epoch milliseconds) or an RFC 3339 date-time',
  value: `must be a finite number from ${valueRule.minimum} to ${valueRule.maximum}`,
};

export function isId(id: unknown): id is string | undefined {
  return id === undefined || (typeof id === 'string' && id.length <= idRule.maxLength && idPattern.test(id));
}

/** JSON Schema counts code points; a string has at most twice as many UTF-16 units. */
export function isUserId(userId: unknown): userId is string {
  if (typeof userId !== 'string' || userId.length < userIdRule.minLength) return false;
  if (userId.length <= userIdRule.maxLength) return true;
  return userId.length <= 2 * userIdRule.maxLength && [...userId].length <= userIdRule.maxLength;
}

export function isAction(action: unknown): action is string {
  return typeof action === 'string' && action.length <= actionRule.maxLength && actionPattern.test(action);
}

export function isInteger(ms: unknown): ms is number {
  return Number.isInteger(ms);
}

/** The comparisons also refuse NaN and the infinities: `JSON.parse` reads 1e999 as Infinity. */
export function isValue(value: unknown): value is number {
  return typeof value === 'number' && value >= valueRule.minimum && value <= valueRule.maximum;
}
