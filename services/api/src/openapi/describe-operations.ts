import { PROBLEMS, type ProblemName, problemType } from '../http/answers/problem.ts';
import { GATEWAY_ANSWERS } from './gateway-answers.ts';
import { problems } from './parts/answers.ts';
import { REQUEST_ID } from './parts/problem-examples.ts';
import type { Part } from './parts/schema-parts.ts';
import { resourceOf, scopeOf } from './resources.ts';

interface Answer extends Part {
  readonly content?: Readonly<Record<string, { readonly examples?: Part }>>;
}

interface Operation extends Part {
  readonly security?: readonly unknown[];
  readonly requestBody?: Part;
  readonly responses: Readonly<Record<string, Answer>>;
}

const PROBLEM_JSON = 'application/problem+json';

/** The problems that any body can cause. */
const BODY: readonly ProblemName[] = ['invalid-json', 'invalid-body', 'too-large', 'unsupported-media-type'];

/** The problems of each operation that needs a key. */
const KEYED: readonly ProblemName[] = ['unauthorized', 'forbidden'];

/**
 * Adds to operations, by path and method, what follows from their path: tag, scope, and the problems that all of them can
 * answer.
 */
export function describeOperations(paths: Readonly<Record<string, Part>>): Record<string, Part> {
  const described = Object.entries(paths).map(([path, methods]) => {
    const operations = Object.entries(methods as Record<string, Operation>);
    const all = operations.map(([method, operation]) => [method, describeOperation(path, method, operation)]);
    return [path, Object.fromEntries(all)];
  });
  return Object.fromEntries(described);
}

function describeOperation(path: string, method: string, operation: Operation): Part {
  const scope = operation.security?.length === 0 ? undefined : scopeOf(path, method);
  const tag = resourceOf(path)?.tag;
  return {
    ...(tag !== undefined && { tags: [tag] }),
    // In OpenAPI 3.1, a bearer scheme may list the roles that it needs.
    ...(scope !== undefined && { security: [{ key: [scope] }] }),
    ...operation,
    responses: describeResponses(operation, scope),
  };
}

function describeResponses(operation: Operation, scope: string | undefined): Part {
  const shared: ProblemName[] = ['invalid-parameter', ...(scope === undefined ? [] : KEYED)];
  const all = [...new Set([...namedIn(operation), ...(operation.requestBody ? BODY : []), ...shared])];
  const described = Object.entries(problems(...all) as Record<string, Answer>).map(([status, answer]) => {
    const own = operation.responses[status] ?? {};
    return [status, { ...own, ...answer, headers: { ...(answer.headers as Part), ...(own.headers as Part) } }];
  });
  const responses = { ...operation.responses, ...Object.fromEntries(described), ...GATEWAY_ANSWERS };
  return scope === undefined ? responses : { ...responses, 403: namingScope(responses[403], scope) };
}

/** The problems that an operation lists. */
function namedIn({ responses }: Operation): ProblemName[] {
  const examples = Object.values(responses).flatMap(({ content }) =>
    Object.keys(content?.[PROBLEM_JSON]?.examples ?? {}),
  );
  return examples.filter(isProblemName);
}

function isProblemName(name: string): name is ProblemName {
  return Object.hasOwn(PROBLEMS, name);
}

/** Adds the missing scope to the answer 403. */
function namingScope(answer: Answer, scope: string): Part {
  const { status, title } = PROBLEMS.forbidden;
  const detail = `the key needs the scope ${scope}`;
  const value = { type: problemType('forbidden'), title, status, detail, requestId: REQUEST_ID };
  const content = answer.content?.[PROBLEM_JSON];
  const examples = { ...content?.examples, forbidden: { value } };
  return {
    ...answer,
    description: `The key needs the scope \`${scope}\``,
    content: { [PROBLEM_JSON]: { ...content, examples } },
  };
}
