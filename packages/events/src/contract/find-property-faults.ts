import { type EventFault, fault } from './event-fault.ts';
import { eventSchema } from './event-schema.ts';
import { MAX_FAULTS, MAX_PROPERTIES_BYTES, OTHER_VALUE_BYTES } from './limits.ts';

const { maxProperties } = eventSchema.properties.properties;
const types: ReadonlySet<string> = new Set(eventSchema.properties.properties.additionalProperties.type);

const none: readonly EventFault[] = [];

/** Finds what is wrong with the `properties` of an event, beginning with what JSON Schema can express. */
export function findPropertyFaults(properties: unknown): readonly EventFault[] {
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
    return [fault('/properties', 'shape', 'must be an object')];
  }
  const values = properties as Readonly<Record<string, unknown>>;
  let faults = none;
  let count = 0;
  let units = 0;
  for (const name in values) {
    const value = values[name];
    if (!isScalar(value) && faults.length < MAX_FAULTS) faults = [...faults, badValue(name)];
    count++;
    units += name.length + (typeof value === 'string' ? value.length : OTHER_VALUE_BYTES);
  }
  if (count > maxProperties) {
    faults = [...faults, fault('/properties', 'shape', `must have at most ${maxProperties} values, not ${count}`)];
  }
  // A UTF-16 unit is at most 3 bytes of UTF-8, so small properties need not be counted twice.
  if (units * 3 > MAX_PROPERTIES_BYTES && sizeOf(values) > MAX_PROPERTIES_BYTES) {
    faults = [...faults, fault('/properties', 'too-large', `must have at most ${MAX_PROPERTIES_BYTES} bytes`)];
  }
  return faults;
}

function badValue(name: string): EventFault {
  return fault(pointerTo(name), 'shape', 'must be a string, a finite number, a boolean or null');
}

function sizeOf(values: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const name in values) {
    const value = values[name];
    bytes += Buffer.byteLength(name) + (typeof value === 'string' ? Buffer.byteLength(value) : OTHER_VALUE_BYTES);
  }
  return bytes;
}

/** JSON Schema has no infinity, but `JSON.parse` reads 1e999 as one. */
function isScalar(value: unknown): boolean {
  return types.has(value === null ? 'null' : typeof value) && (typeof value !== 'number' || Number.isFinite(value));
}

function pointerTo(name: string): string {
  return `/properties/${name.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
