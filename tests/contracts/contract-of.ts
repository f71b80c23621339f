import type { Answer, ComparedDocument, Contents, Header, Operation } from './document-breaks.ts';
import { ANNOTATIONS, type Schema } from './schemas/keywords.ts';

/** What a document promises, without words for people: a file of it changes only when a promise does. */
export function contractOf({ servers, security, paths, components }: ComparedDocument): ComparedDocument {
  return {
    ...(servers && { servers: servers.map(({ url }) => ({ url })) }),
    ...(security && { security }),
    paths: mapped(paths, (methods) => mapped(methods, bareOperation)),
    components: {
      schemas: mapped(components.schemas, bareSchema),
      headers: mapped(components.headers, bareHeader),
      securitySchemes: mapped(components.securitySchemes, withoutWords),
    },
  };
}

function bareOperation({ operationId, security, parameters, requestBody, responses }: Operation): Operation {
  return {
    operationId,
    ...(security && { security }),
    ...(parameters && { parameters: parameters.map((one) => ({ name: one.name, in: one.in, ...bareHeader(one) })) }),
    ...(requestBody && { requestBody: bareContents(requestBody) }),
    responses: mapped(responses, bareAnswer),
  };
}

function bareAnswer(answer: Answer): Answer {
  return { ...(answer.headers && { headers: mapped(answer.headers, bareHeader) }), ...bareContents(answer) };
}

function bareContents({ required, content }: Contents): Contents {
  if (content === undefined) return {};
  const bare = mapped(content, ({ schema, examples }) => ({
    ...(schema && { schema: bareSchema(schema) }),
    // Callers branch on the types of problems.
    ...(examples && { examples: mapped(examples, ({ value }) => ({ value: { type: value?.type ?? '' } })) }),
  }));
  return { ...(required && { required }), content: bare };
}

function bareHeader({ $ref, required, schema }: Header): Header {
  return { ...($ref && { $ref }), ...(required && { required }), ...(schema && { schema: bareSchema(schema) }) };
}

/** A schema, and those in it, without words. Names of properties may be words. */
export function bareSchema(schema: Schema): Schema {
  return mapped(withoutWords(schema), (part, key) => {
    if (key === 'properties') return mapped(part as Readonly<Record<string, Schema>>, bareSchema);
    if (key === 'anyOf' || key === 'oneOf') return (part as readonly Schema[]).map(bareSchema);
    const isSchema = (key === 'items' || key === 'additionalProperties') && typeof part === 'object';
    return isSchema ? bareSchema(part as Schema) : part;
  });
}

function withoutWords(part: Schema): Schema {
  return Object.fromEntries(Object.entries(part).filter(([key]) => !ANNOTATIONS.has(key)));
}

function mapped<T, R>(parts: Readonly<Record<string, T>> = {}, change: (part: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, change(part, key)]));
}
