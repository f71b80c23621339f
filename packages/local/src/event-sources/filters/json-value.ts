/** JSON whose numbers keep their text: filter patterns compare 300, 300.0 and 3.0e2 as three different values. */
export type JsonValue = Leaf | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** What a condition is compared with. */
export type Leaf = string | NumberText | boolean | null;

/** A number as it was written. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** `JSON.parse`'s reviver, whose third parameter the compiler's library does not have yet. */
type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;

const keepNumberTexts: Reviver = (_key, value, { source }) =>
  typeof value === 'number' ? new NumberText(source) : value;

/** Parses JSON; undefined if the text is not JSON. */
export function parseJsonValue(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text, keepNumberTexts as (key: string, value: unknown) => unknown) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The value as it is after it has been sent as JSON. */
export function toJsonValue(value: object): JsonValue {
  return parseJsonValue(JSON.stringify(value)) ?? null;
}

/** Whether a condition can be compared with the value. */
export function isLeaf(value: JsonValue | undefined): value is Leaf {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof NumberText;
}

/** Whether this is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && !isLeaf(value) && !Array.isArray(value);
}
