/** An item as DynamoDB's JSON has it: `{"name": {"S": "…"}, …}`. */
export type WireItem = Readonly<Record<string, unknown>>;

/** DynamoDB counts writes in units of 1 KB and reads in units of 4 KB ("Item sizes and formats", developer guide). */
const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** The size of an item as DynamoDB bills it: names and values, without the overhead of storage. */
export function itemBytes(item: WireItem): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

/** Units to write an item of this size once. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** Units to read this many bytes in one request. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
}

function valueBytes(value: unknown): number {
  const [type, content] = Object.entries(value as Record<string, unknown>)[0] ?? ['NULL', true];
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return numberBytes(String(content));
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'SS':
      return sum(content as readonly string[], (text) => Buffer.byteLength(text));
    case 'NS':
      return sum(content as readonly string[], numberBytes);
    case 'BS':
      return sum(content as readonly string[], (text) => Buffer.byteLength(text, 'base64'));
    case 'L':
      return 3 + sum(content as readonly unknown[], (element) => 1 + valueBytes(element));
    case 'M':
      return 3 + Object.keys(content as WireItem).length + itemBytes(content as WireItem);
    default:
      return 1;
  }
}

/** "Approximately (length of attribute name) + (1 byte per two significant digits) + (1 byte)". */
function numberBytes(text: string): number {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[^\d]/g, '')
    .replace(/^0+|0+$/g, '');
  return 1 + Math.ceil(digits.length / 2) + (text.startsWith('-') ? 1 : 0);
}

function sum<T>(values: readonly T[], size: (value: T) => number): number {
  return values.reduce((total, value) => total + size(value), 0);
}
