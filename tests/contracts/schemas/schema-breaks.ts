import { hasType, isSame, narrowerKeywords, type Schema, typesOf, valuesOf } from './keywords.ts';

/** The same part of two documents: as it was, and as it is. */
export interface Pair<T> {
  readonly base: T;
  readonly head: T;
}

/** A value that a caller sends, or one that it gets. */
export type Direction = 'request' | 'answer';

type Named = Readonly<Record<string, Schema>>;

const NO_SCHEMA: Schema = {};

/**
 * Compares schemas of two documents. What a caller could send must be taken; what it gets must be what it could get before,
 * apart from new fields of objects. Each break is a line that begins with its place: fields, from the schema with a name
 * that holds them.
 */
export class SchemaBreaks {
  readonly #direction: Direction;
  readonly #named: Pair<Named>;
  /** By the names of both schemas. Empty while they are compared: schemas may hold themselves. */
  readonly #known = new Map<string, readonly string[]>();

  /** `named` has the documents' schemas by name. */
  constructor(direction: Direction, named: Pair<Named>) {
    this.#direction = direction;
    this.#named = named;
  }

  /** The breaks between two schemas, the first of them at `at`. */
  between(at: string, { base, head }: Pair<Schema>): readonly string[] {
    const names = { base: nameOf(base), head: nameOf(head) };
    if (names.base === undefined && names.head === undefined) return this.#compare(at, { base, head });
    const key = `${names.base ?? at} ${names.head ?? at}`;
    const known = this.#known.get(key);
    if (known) return known;
    this.#known.set(key, []);
    const found = this.#compare(names.base ?? at, {
      base: resolve(base, this.#named.base),
      head: resolve(head, this.#named.head),
    });
    this.#known.set(key, found);
    return found;
  }

  #compare(at: string, pair: Pair<Schema>): readonly string[] {
    const [sub, sup] = this.#ordered(pair);
    if (isChoice(sub) || isChoice(sup)) {
      return optionsOf(sub).flatMap((option) => this.#fewest(at, option, optionsOf(sup)));
    }
    return [
      ...this.#valuesBeyond(sub, sup).map((what) => `${at}: ${this.#mayBe(what)}`),
      ...narrowerKeywords(sub, sup).map((key) => {
        return `${at}: ${key} was ${shown(pair.base[key])}, and is ${shown(pair.head[key])}`;
      }),
      ...(hasType(sub, 'array') ? this.#ofItems(at, pair) : []),
      ...(hasType(sub, 'object') && hasType(sup, 'object') ? this.#ofFields(at, pair) : []),
    ];
  }

  /** What may be there, before what must take it. */
  #ordered<T>({ base, head }: Pair<T>): readonly [sub: T, sup: T] {
    return this.#direction === 'request' ? [base, head] : [head, base];
  }

  #pair<T>(sub: T, sup: T): Pair<T> {
    return this.#direction === 'request' ? { base: sub, head: sup } : { base: sup, head: sub };
  }

  #mayBe(what: string): string {
    return this.#direction === 'request' ? `no longer takes ${what}` : `may now be ${what}`;
  }

  /** An option needs one that takes it; if none does, the most similar one tells why. */
  #fewest(at: string, option: Schema, options: readonly Schema[]): readonly string[] {
    const all = options.map((other) => this.between(at, this.#pair(option, other)));
    return all.reduce((best, found) => (found.length < best.length ? found : best));
  }

  #valuesBeyond(sub: Schema, sup: Schema): string[] {
    const [types, taken] = [typesOf(sub), typesOf(sup)];
    if (taken && !types) return ['values of any type'];
    const isTaken = (type: string) => taken?.includes(type) || (type === 'integer' && taken?.includes('number'));
    const beyond = taken ? (types ?? []).filter((type) => !isTaken(type)) : [];
    if (beyond.length > 0) return beyond.map((type) => `the type ${type}`);
    const [values, takenValues] = [valuesOf(sub), valuesOf(sup)];
    if (!takenValues) return [];
    if (!values) return [`more than ${takenValues.map(shown).join(', ')}`];
    return values.filter((value) => !takenValues.some((other) => isSame(value, other))).map(shown);
  }

  #ofItems(at: string, { base, head }: Pair<Schema>): readonly string[] {
    if (base.items === undefined && head.items === undefined) return [];
    return this.between(`${at}[]`, { base: partOf(base.items), head: partOf(head.items) });
  }

  #ofFields(at: string, pair: Pair<Schema>): readonly string[] {
    const [sub, sup] = this.#ordered(pair);
    const isRequest = this.#direction === 'request';
    const [had, has] = [requiredOf(sub), requiredOf(sup)];
    const isGone = (name: string) => fieldsOf(pair.base)[name] && !fieldsOf(pair.head)[name];
    const needed = has.filter((name) => !had.includes(name) && !isGone(name));
    const names = [...new Set([...Object.keys(fieldsOf(sub)), ...Object.keys(fieldsOf(sup))])];
    return [
      ...needed.map((name) => `${at}.${name}: ${isRequest ? 'is now needed' : 'may now be missing'}`),
      ...names.flatMap((name) => this.#ofField(`${at}.${name}`, name, pair)),
      ...this.#ofOtherFields(at, sub, sup),
    ];
  }

  #ofField(at: string, name: string, pair: Pair<Schema>): readonly string[] {
    const [base, head] = [fieldsOf(pair.base)[name], fieldsOf(pair.head)[name]];
    if (base && head) return this.between(at, { base, head });
    if (base) return [`${at}: is gone`];
    const others = pair.base.additionalProperties;
    // Nobody could send it, or a caller leaves out what it does not know.
    if (head === undefined || others === false) return [];
    if (this.#direction === 'answer') return isSchema(others) ? this.between(at, { base: others, head }) : [];
    return this.between(at, { base: partOf(others), head }).map(
      (line) => `${line} (it could be sent as an unknown field)`,
    );
  }

  /** The fields that an object does not name. */
  #ofOtherFields(at: string, sub: Schema, sup: Schema): readonly string[] {
    const [some, taken] = [sub.additionalProperties, sup.additionalProperties];
    if (some === false || taken === undefined || taken === true) return [];
    if (taken !== false) return this.between(`${at}.*`, this.#pair(partOf(some), partOf(taken)));
    return this.#direction === 'request' ? [`${at}: no longer takes unknown fields`] : [];
  }
}

function nameOf({ $ref }: Schema): string | undefined {
  return typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;
}

function resolve(schema: Schema, named: Named): Schema {
  const name = nameOf(schema);
  if (name === undefined) return schema;
  const found = named[name];
  if (found === undefined) throw new Error(`there is no schema ${name}`);
  return found;
}

function isChoice({ anyOf, oneOf }: Schema): boolean {
  return (anyOf ?? oneOf) !== undefined;
}

/** What a value may be one of, each with what is said of all. */
function optionsOf({ anyOf, oneOf, ...shared }: Schema): readonly Schema[] {
  const options = (anyOf ?? oneOf) as readonly Schema[] | undefined;
  return options?.map((option) => (nameOf(option) === undefined ? { ...shared, ...option } : option)) ?? [shared];
}

function isSchema(part: unknown): part is Schema {
  return typeof part === 'object' && part !== null;
}

function partOf(part: unknown): Schema {
  return isSchema(part) ? part : NO_SCHEMA;
}

function fieldsOf({ properties }: Schema): Readonly<Record<string, Schema>> {
  return (properties ?? {}) as Readonly<Record<string, Schema>>;
}

function requiredOf({ required }: Schema): readonly string[] {
  return (required ?? []) as readonly string[];
}

function shown(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value);
}
