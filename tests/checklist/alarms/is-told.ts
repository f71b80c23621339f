const TOPIC = /^arn:aws:sns:/;

/** Whether the actions of an alarm tell somebody. */
export function isTold(actions: unknown): boolean {
  return Array.isArray(actions) && actions.length > 0 && actions.every((action) => TOPIC.test(String(action)));
}
