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
  : S extends { readonly additionalProperties: infer V }
    ? Readonly<Record<string, FromSchema<V>>>
    : object;

/** The TypeScript type of a JSON Schema literal, for the keywords that the event's schema uses. */
export type FromSchema<S> = S extends { readonly anyOf: readonly (infer Option)[] }
  ? FromSchema<Option>
  : S extends { readonly type: readonly (infer T extends keyof Scalars)[] }
    ? Scalars[T]
    : S extends { readonly type: infer T extends keyof Scalars }
      ? Scalars[T]
      : S extends { readonly type: 'object' }
        ? FromObject<S>
        : unknown;
