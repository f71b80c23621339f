/** A value that JSON would change or drop silently, and its place. */
export interface Unkept {
  /** RFC 6901, from the event. */
  readonly pointer: string;
  readonly detail: string;
}

/**
 * Finds values that `JSON.stringify` does not keep: `NaN` and infinities become null, a Map becomes `{}`, a Date a
 * string, and a function is dropped. A field that is undefined counts as left out. The value must be free of cycles.
 */
export function checkKept(value: unknown, pointer = ''): Unkept | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { pointer, detail: `is ${value}, which JSON cannot hold` };
    case 'object':
      return value === null ? undefined : checkFields(value, pointer);
    default:
      return { pointer, detail: `is of type ${typeof value}, which JSON cannot hold` };
  }
}

function checkFields(value: object, pointer: string): Unkept | undefined {
  if (!isPlain(value)) {
    return { pointer, detail: `is a ${nameOf(value)}, which JSON would change: convert it yourself` };
  }
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined && !Array.isArray(value)) continue;
    const found = checkKept(field, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (found) return found;
  }
  return undefined;
}

/** An array, or a plain object, of any realm; not an object with a `toJSON` of its own. */
function isPlain(value: object): boolean {
  if ('toJSON' in value && typeof value.toJSON === 'function') return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: object): string {
  return value.constructor?.name ?? 'object of its own kind';
}
