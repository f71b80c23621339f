/** Where a value refers to: a resource, a parameter, or a pseudo parameter such as `AWS::Region`. */
export interface Reference {
  readonly id: string;
  /** With `Fn::GetAtt`. */
  readonly attribute?: string;
}

/** `${Id}` or `${Id.Attribute}`, and not the literal `${!Id}`. */
const IN_TEXT = /\$\{([^!}][^}]*)\}/g;

/** Everything to which a value of a template refers, by `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value as Readonly<Record<string, unknown>>;
  if (typeof Ref === 'string') return [{ id: Ref }];
  if (attribute !== undefined) return [reference(Array.isArray(attribute) ? attribute.join('.') : String(attribute))];
  if (typeof text === 'string') return inText(text, {});
  if (Array.isArray(text)) return [...inText(String(text[0]), text[1] as object), ...referencesIn(text[1])];
  return Object.values(value).flatMap(referencesIn);
}

/** Whether AWS alone decides what a value is, or one word of it, in each stack anew. */
export function isOfStack(value: unknown): boolean {
  return referencesIn(value).some(({ id }) => !id.startsWith('AWS::') || /^AWS::Stack(Id|Name)$/.test(id));
}

function inText(text: string, own: object): Reference[] {
  return [...text.matchAll(IN_TEXT)].flatMap(([, name = '']) => (name in own ? [] : [reference(name)]));
}

function reference(text: string): Reference {
  const [id = '', ...attribute] = text.split('.');
  return attribute.length === 0 ? { id } : { id, attribute: attribute.join('.') };
}
