import { type Html, html } from './html.ts';
import { inline } from './markdown.ts';
import { type DocumentView, resolve, type SchemaView } from './open-api.ts';

/** Few fields are deeper than this, and the example shows them. */
const MAX_DEPTH = 5;

/** The type of a value, in a few words. */
export function typeOf(document: DocumentView, given: SchemaView): string {
  const schema = resolve(document, given);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(document, choice)))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items) return `array of ${plural(typeOf(document, schema.items))}`;
  const types = [schema.type ?? (schema.enum ? 'string' : 'any')].flat().join(' or ');
  return schema.format === undefined ? types : `${types} (${schema.format})`;
}

function plural(type: string): string {
  return /^[a-z]+$/.test(type) && type !== 'any' ? `${type}s` : type;
}

interface Range {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

/** A range of numbers, or of things such as `item`. */
function between({ least, most }: Range, thing?: string): string[] {
  const name = thing === undefined ? '' : ` ${thing}${(most ?? least) === 1 ? '' : 's'}`;
  const [from, to] = [least?.toLocaleString('en-US'), most?.toLocaleString('en-US')];
  if (from !== undefined && to !== undefined) return [`${from} to ${to}${name}`];
  if (from !== undefined) return [`at least ${from}${name}`];
  return to === undefined ? [] : [`at most ${to}${name}`];
}

function ownLimitsOf(schema: SchemaView): Html[] {
  const words = [
    ...between({ least: schema.minLength, most: schema.maxLength }, 'character'),
    ...between({ least: schema.minimum, most: schema.maximum }),
    ...between({ least: schema.minItems, most: schema.maxItems }, 'item'),
    ...between({ most: schema.maxProperties }, 'field'),
    ...(schema.uniqueItems ? ['all different'] : []),
  ].map((text) => html`${text}`);
  const values = schema.enum?.map((value) => html`<code>${String(value)}</code>`);
  // A format says the same as the pattern in fewer words.
  const pattern = schema.format === undefined ? schema.pattern : undefined;
  return [
    ...words,
    ...(values ? [html`one of ${values.flatMap((value, at) => (at === 0 ? [value] : [' ', value]))}`] : []),
    ...(pattern === undefined ? [] : [html`matches <code>${pattern}</code>`]),
    ...(schema.default === undefined ? [] : [html`default <code>${String(schema.default)}</code>`]),
  ];
}

/** The limits of a value beside its type, for each of its choices. A list also has the limits of its items. */
export function limitsOf(document: DocumentView, given: SchemaView): Html[] {
  const schema = resolve(document, given);
  const choices = schema.anyOf ?? schema.oneOf ?? [];
  const items = schema.items === undefined ? [] : limitsOf(document, schema.items);
  return [
    ...ownLimitsOf(schema),
    ...choices.flatMap((choice) => limitsOf(document, choice)),
    ...items.map((limit) => html`each ${limit}`),
  ];
}

/** A named value in one row. */
export interface NamedValue {
  readonly name: string;
  readonly schema: SchemaView;
  /** `required` in a request's body, `optional` in an answer. The usual case has no mark. */
  readonly mark?: 'required' | 'optional' | undefined;
  readonly nested?: Html | undefined;
}

/** The row of a named value: type, mark, description and limits. */
export function valueRow(document: DocumentView, { name, schema, mark, nested }: NamedValue): Html {
  const resolved = resolve(document, schema);
  const limits = limitsOf(document, resolved).map((limit) => html`<li>${limit}</li>`);
  const description = schema.description ?? resolved.description;
  return html`<div class="row"><dt><code class="name">${name}</code> <span class="type">${typeOf(document, schema)}</span>${
    mark && html` <span class="${mark}">${mark}</span>`
  }</dt><dd>${description && html`<p>${inline(description)}</p>`}${
    limits.length > 0 ? html`<ul class="limits">${limits}</ul>` : undefined
  }${nested}</dd></div>`;
}

/** How fields are shown. */
export interface FieldsView {
  readonly depth?: number;
  /** The number of levels that are open at first. */
  readonly opens?: number;
  /** In a request's body the required fields are marked, in an answer the optional ones. */
  readonly marks?: 'required' | 'optional';
}

/** The fields of a schema that is an object, or a list or choice of objects; undefined if it has none. */
export function fieldsOf(document: DocumentView, given: SchemaView, view: FieldsView = {}): Html | undefined {
  const { depth = 0, opens = 0, marks = 'required' } = view;
  const schema = resolve(document, given);
  if (schema.items) return fieldsOf(document, schema.items, view);
  const choice = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].find((each) => resolve(document, each).properties);
  if (choice) return fieldsOf(document, choice, view);
  if (schema.properties === undefined || depth > MAX_DEPTH) return undefined;
  const rows = Object.entries(schema.properties).map(([name, field]) => {
    const inner = fieldsOf(document, field, { ...view, depth: depth + 1 });
    const isRequired = schema.required?.includes(name) ?? false;
    return valueRow(document, {
      name,
      schema: field,
      mark: isRequired === (marks === 'required') ? marks : undefined,
      nested: inner && html`<details${depth < opens ? ' open' : ''}><summary>Fields</summary>${inner}</details>`,
    });
  });
  return html`<dl class="rows">${rows}</dl>`;
}
