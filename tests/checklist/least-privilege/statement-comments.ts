/** The comments above the statements of each function's role in a serverless.yml, in their order. */
export type StatementComments = Readonly<Record<string, readonly string[]>>;

const FUNCTION = /^ {2}(\w+):$/;
const STATEMENTS = /^ {4}iamRoleStatements:$/;
const STATEMENT = /^ {6}- (.*)$/;
/** A statement that several roles have: of the service, or of all services. */
const SHARED = /^\$\{.*(?:self:custom\.statements|:iamRoleStatements)\.(\w+)\}$/;

/**
 * Reads the lines and not the values, as YAML forgets comments. A statement without a comment of its own has that of the
 * service's `custom.statements` or of serverless.common.yml, if it stands there; else it has an empty one.
 */
export function readStatementComments(yml: string, common: string): StatementComments {
  const [settings = '', functions = ''] = yml.split(/^functions:$/m);
  const shared = {
    ...commentsBelow(/^iamRoleStatements:$/m, common),
    ...commentsBelow(/^ {2}statements:$/m, settings),
  };
  const found: Record<string, string[]> = {};
  let comments: string[] | undefined;
  let comment = '';
  for (const line of functions.split(/^resources:$/m)[0]?.split('\n') ?? []) {
    const [, name] = FUNCTION.exec(line) ?? [];
    if (name !== undefined) found[name] = [];
    if (name !== undefined) comments = undefined;
    else if (STATEMENTS.test(line)) comments = Object.values(found).at(-1);
    else if (/^ {4}\S/.test(line)) comments = undefined;
    const [, statement] = STATEMENT.exec(line) ?? [];
    if (statement !== undefined) comments?.push(comment || (shared[SHARED.exec(statement)?.[1] ?? ''] ?? ''));
    comment = commentWith(comment, line);
  }
  return found;
}

function commentsBelow(heading: RegExp, yml: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let comment = '';
  for (const line of yml.split(heading)[1]?.split('\n') ?? []) {
    const [, name] = /^ +(\w+):$/.exec(line) ?? [];
    if (name !== undefined) found[name] = comment;
    comment = commentWith(comment, line);
  }
  return found;
}

/** A comment goes on over lines, and ends at the first line that is none. */
function commentWith(comment: string, line: string): string {
  const [, text] = /^ *# (.*)$/.exec(line) ?? [];
  return text === undefined ? '' : `${comment} ${text}`.trim();
}
