interface Scalars {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  null: null;
}

type Fields<P, Required> = { readonly [K in keyof P as K extends Required ? K : never]: FromSchema<P[K]> } & {
  readonly [K in keyof P as K extends Required ? never : K]?: FromSchema<P[K]>;
};

type FromObject<S> = S extends { readonly properties: infer P; readonly required: readonly (infer R)[] }
  ? Fields<P, R>
  : S extends { readonly properties: infer P }
    ? Fields<P, never>
    : S extends { readonly additionalProperties: infer V }
      ? Readonly<Record<string, FromSchema<V>>>
      : object;

type FromType<S> = S extends { readonly type: readonly (infer T extends keyof Scalars)[] }
  ? Scalars[T]
  : S extends { readonly type: infer T extends keyof Scalars }
    ? Scalars[T]
    : S extends { readonly type: 'array'; readonly items: infer I }
      ? readonly FromSchema<I>[]
      : S extends { readonly type: 'object' }
        ? FromObject<S>
        : unknown;

/** The TypeScript type of a JSON Schema literal, for the keywords that our schemas use. */
export type FromSchema<S> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly anyOf: readonly (infer Option)[] }
      ? FromSchema<Option>
      : FromType<S>;
