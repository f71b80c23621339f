import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Value = string | number | AttributeValue;

/** An update of one item in DynamoDB's syntax, put together by attribute. Attributes may have any name. */
export class ItemUpdate {
  readonly #clauses = { SET: [] as string[], ADD: [] as string[], REMOVE: [] as string[] };
  readonly #conditions: string[] = [];
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, AttributeValue> = {};

  set(name: string, value: Value): this {
    this.#clauses.SET.push(`${this.#name(name)} = ${this.#value(value)}`);
    return this;
  }

  /** Adds to a number, or to a set. */
  add(name: string, value: number | AttributeValue): this {
    this.#clauses.ADD.push(`${this.#name(name)} ${this.#value(value)}`);
    return this;
  }

  remove(...names: readonly string[]): this {
    this.#clauses.REMOVE.push(...names.map((name) => this.#name(name)));
    return this;
  }

  /** On condition that an attribute exists and compares in this way with a value. */
  when(name: string, comparison: '=' | '<' | '<=' | '<>', value: string | number): this {
    this.#conditions.push(`${this.#name(name)} ${comparison} ${this.#value(value)}`);
    return this;
  }

  /** On condition that an attribute does not exist, or compares in this way with a value. */
  whenMissingOr(name: string, comparison: '<' | '<=', value: number): this {
    const alias = this.#name(name);
    this.#conditions.push(`(attribute_not_exists(${alias}) OR ${alias} ${comparison} ${this.#value(value)})`);
    return this;
  }

  /** On condition that the item is not there. */
  whenNew(): this {
    return this.whenMissing('pk');
  }

  /** On condition that the item is there. */
  whenThere(): this {
    this.#conditions.push(`attribute_exists(${this.#name('pk')})`);
    return this;
  }

  /** On condition that the item has no such attribute. */
  whenMissing(name: string): this {
    this.#conditions.push(`attribute_not_exists(${this.#name(name)})`);
    return this;
  }

  /** The client leaves out attributes that are undefined. */
  build() {
    const clauses = Object.entries(this.#clauses).filter(([, parts]) => parts.length > 0);
    return {
      UpdateExpression: clauses.map(([verb, parts]) => `${verb} ${parts.join(', ')}`).join(' '),
      ...this.buildCondition(),
    };
  }

  /** The conditions alone, for a check that changes nothing. */
  buildCondition() {
    return {
      ...(this.#conditions.length > 0 && { ConditionExpression: this.#conditions.join(' AND ') }),
      ExpressionAttributeNames: this.#names,
      ...(Object.keys(this.#values).length > 0 && { ExpressionAttributeValues: this.#values }),
    };
  }

  #name(name: string): string {
    const known = Object.keys(this.#names).find((alias) => this.#names[alias] === name);
    const alias = known ?? `#n${Object.keys(this.#names).length}`;
    this.#names[alias] = name;
    return alias;
  }

  #value(value: Value): string {
    const alias = `:v${Object.keys(this.#values).length}`;
    this.#values[alias] = attributeOf(value);
    return alias;
  }
}

function attributeOf(value: Value): AttributeValue {
  if (typeof value === 'number') return { N: `${value}` };
  return typeof value === 'string' ? { S: value } : value;
}
