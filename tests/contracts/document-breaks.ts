import { isSame, type Schema } from './schemas/keywords.ts';
import { type Pair, SchemaBreaks } from './schemas/schema-breaks.ts';

interface Content {
  readonly schema?: Schema;
  readonly examples?: Readonly<Record<string, { readonly value?: { readonly type?: string } }>>;
}

export interface Contents {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Header {
  readonly $ref?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Answer extends Contents {
  readonly headers?: Readonly<Record<string, Header>>;
}

interface Parameter extends Header {
  readonly name: string;
  readonly in: string;
}

/** Schemes, each with the scopes that it needs. */
type Security = Readonly<Record<string, readonly string[]>>;

export interface Operation {
  readonly operationId: string;
  readonly security?: readonly Security[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Contents;
  readonly responses: Readonly<Record<string, Answer>>;
}

/** The parts of an OpenAPI document on which its callers rely. */
export interface ComparedDocument {
  readonly servers?: readonly { readonly url: string }[];
  readonly security?: readonly Security[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly headers?: Readonly<Record<string, Header>>;
    readonly securitySchemes?: Readonly<Record<string, Schema>>;
  };
}

const PROBLEM_JSON = 'application/problem+json';

/**
 * What a caller of the one document may find broken under the other, a line each. New operations, statuses of failures,
 * optional inputs and fields of answers are no breaks.
 */
export function documentBreaks(documents: Pair<ComparedDocument>): readonly string[] {
  const { base, head } = documents;
  const compare = new OperationBreaks(documents);
  const operations = Object.entries(base.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const call = `${method.toUpperCase()} ${path}`;
      const other = head.paths[path]?.[method];
      return other ? compare.between(call, { base: operation, head: other }) : [`${call}: is gone`];
    }),
  );
  const servers = (base.servers ?? []).filter(({ url }) => !head.servers?.some((other) => other.url === url));
  const schemes = Object.entries(base.components.securitySchemes ?? {}).filter(([name, scheme]) => {
    const { description: _, ...rest } = scheme;
    const { description: __, ...others } = head.components.securitySchemes?.[name] ?? {};
    return !isSame(rest, others);
  });
  return [
    ...new Set([
      ...servers.map(({ url }) => `server ${url}: is gone`),
      ...schemes.map(([name]) => `security scheme ${name}: has changed`),
      ...operations,
    ]),
  ];
}

class OperationBreaks {
  readonly #documents: Pair<ComparedDocument>;
  readonly #sent: SchemaBreaks;
  readonly #answered: SchemaBreaks;

  constructor(documents: Pair<ComparedDocument>) {
    const named = { base: documents.base.components.schemas, head: documents.head.components.schemas };
    this.#documents = documents;
    this.#sent = new SchemaBreaks('request', named);
    this.#answered = new SchemaBreaks('answer', named);
  }

  between(at: string, { base, head }: Pair<Operation>): readonly string[] {
    const isNamed = base.operationId === head.operationId;
    return [
      ...(isNamed ? [] : [`${at}: is called ${head.operationId}, and no longer ${base.operationId}`]),
      ...this.#ofSecurity(at, { base, head }),
      ...this.#ofParameters(at, { base: base.parameters ?? [], head: head.parameters ?? [] }),
      ...this.#ofBody(at, { base: base.requestBody ?? {}, head: head.requestBody ?? {} }),
      ...this.#ofAnswers(at, { base: base.responses, head: head.responses }),
    ];
  }

  /** Each set of keys and scopes that was enough must be enough. */
  #ofSecurity(at: string, { base, head }: Pair<Operation>): readonly string[] {
    const given = base.security ?? this.#documents.base.security ?? [];
    const needed = head.security ?? this.#documents.head.security ?? [];
    const isEnough = (had: Security) => needed.length === 0 || needed.some((wanted) => covers(had, wanted));
    const refused = (given.length === 0 ? [{}] : given).filter((had) => !isEnough(had));
    return refused.map((had) => `${at}: ${JSON.stringify(had)} is no longer enough, but ${JSON.stringify(needed)}`);
  }

  #ofParameters(at: string, { base, head }: Pair<readonly Parameter[]>): readonly string[] {
    const nameOf = (parameter: Parameter) => `${parameter.in} ${parameter.name}`;
    const taken = new Map(head.map((parameter) => [nameOf(parameter), parameter]));
    const known = new Set(base.map(nameOf));
    const needed = head.filter((parameter) => parameter.required && !known.has(nameOf(parameter)));
    return [
      ...needed.map((parameter) => `${at}, ${nameOf(parameter)}: is now needed`),
      ...base.flatMap((parameter) => {
        const place = `${at}, ${nameOf(parameter)}`;
        const other = taken.get(nameOf(parameter));
        if (other === undefined) return [`${place}: is gone`];
        const schemas = { base: parameter.schema ?? {}, head: other.schema ?? {} };
        const isNeeded = other.required && !parameter.required;
        return [...(isNeeded ? [`${place}: is now needed`] : []), ...this.#sent.between(place, schemas)];
      }),
    ];
  }

  #ofBody(at: string, { base, head }: Pair<Contents>): readonly string[] {
    const isNeeded = head.required && !base.required;
    const place = `${at}, body`;
    return [...(isNeeded ? [`${place}: is now needed`] : []), ...this.#ofContents(place, { base, head }, this.#sent)];
  }

  #ofAnswers(at: string, { base, head }: Pair<Operation['responses']>): readonly string[] {
    const added = Object.keys(head).filter((status) => /^[23]/.test(status) && base[status] === undefined);
    return [
      ...added.map((status) => `${at}: may now answer ${status}`),
      ...Object.entries(base).flatMap(([status, answer]) => {
        const place = `${at}, ${status}`;
        const other = head[status];
        if (other === undefined) return [`${place}: is gone`];
        return [
          ...this.#ofHeaders(place, { base: answer, head: other }),
          ...this.#ofContents(place, { base: answer, head: other }, this.#answered),
          ...lostProblems(answer, other).map((problem) => `${place}: no longer answers ${problem}`),
        ];
      }),
    ];
  }

  #ofContents(at: string, { base, head }: Pair<Contents>, compare: SchemaBreaks): readonly string[] {
    return Object.entries(base.content ?? {}).flatMap(([type, { schema = {} }]) => {
      const other = head.content?.[type];
      return other ? compare.between(at, { base: schema, head: other.schema ?? {} }) : [`${at}: is no longer ${type}`];
    });
  }

  #ofHeaders(at: string, { base, head }: Pair<Answer>): readonly string[] {
    return Object.entries(base.headers ?? {}).flatMap(([name, header]) => {
      const place = `${at}, header ${name}`;
      if (head.headers?.[name] === undefined) return [`${place}: is gone`];
      const was = resolveHeader(header, this.#documents.base);
      const is = resolveHeader(head.headers[name], this.#documents.head);
      const schemas = { base: was.schema ?? {}, head: is.schema ?? {} };
      const isMissing = was.required && !is.required;
      return [...(isMissing ? [`${place}: may now be missing`] : []), ...this.#answered.between(place, schemas)];
    });
  }
}

/** Whether what a caller has is all that is wanted. */
function covers(had: Security, wanted: Security): boolean {
  return Object.entries(wanted).every(
    ([scheme, scopes]) => scopes.every((scope) => had[scheme]?.includes(scope)) && scheme in had,
  );
}

/** Callers branch on the type of a problem. Each answer has an example of each of its problems. */
function lostProblems(base: Answer, head: Answer): readonly string[] {
  const problemsOf = ({ content }: Answer) =>
    Object.values(content?.[PROBLEM_JSON]?.examples ?? {}).flatMap(({ value }) => value?.type ?? []);
  const stay = problemsOf(head);
  return problemsOf(base).filter((problem) => !stay.includes(problem));
}

function resolveHeader(header: Header, { components }: ComparedDocument): Header {
  const name = header.$ref?.split('/').at(-1);
  return name === undefined ? header : (components.headers?.[name] ?? {});
}
