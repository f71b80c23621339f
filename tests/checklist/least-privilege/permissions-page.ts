import { resourcesOf, type Template, target } from '../../templates/template.ts';
import type { Templates } from '../checked-templates.ts';
import { describeResource, THE_KEY } from './describe-resource.ts';
import { roleStatementsOf, type TemplateStatement } from './grants-of.ts';
import { readStatementComments, type StatementComments } from './statement-comments.ts';

const HEAD = `# What each function may do

\`npm run permissions\` writes this page from the packaged templates, and a test compares both. Each function has a role
of its own ([0005](decisions/0005-a-role-for-each-function.md)). Resources are named by the end of their ARN. Where a row
says "only", IAM compares the request with it. A call of a test needs each of these grants, or
\`tests/grants/reasons.ts\` says why it is there ([0060](decisions/0060-grants-are-needed-by-calls.md)).

Every function may also write its own log (\`logs:CreateLogStream\`, \`logs:PutLogEvents\`), send traces
(\`xray:PutTraceSegments\`, \`xray:PutTelemetryRecords\`), and decrypt its own environment (\`kms:Decrypt\`, only
\`kms:EncryptionContext:aws:lambda:FunctionArn\` of this function).

In a stage with a \`redisSecret\` ([limits.md](limits.md)), the functions that limit keys may also read this secret
(\`secretsmanager:GetSecretValue\`): all functions of \`api\` that have routes, but \`meta\`. In a stage with \`redisZones\`, the
same functions may log in to the stage's own cache (\`elasticache:Connect\`, on this cache and its user), and Lambda
connects them to its VPC in the name of their roles (\`ec2:CreateNetworkInterface\` and its like, which are denied to the
functions themselves).
`;

/** The rows that the head of the page says for all functions. */
const OF_EVERY_FUNCTION = [
  /^logs:CreateLogStream,logs:PutLogEvents$/,
  /^xray:PutTraceSegments,xray:PutTelemetryRecords$/,
];

/** The texts of the services' serverless.yml, and of serverless.common.yml. */
export interface ServiceTexts {
  readonly services: Readonly<Record<string, string>>;
  readonly common: string;
}

/** The page of permissions. What is not in the templates, why a statement is there, is read from the texts. */
export function permissionsPage(templates: Templates, texts: ServiceTexts): string {
  const services = Object.entries(templates).map(([service, template]) => {
    const comments = readStatementComments(texts.services[service] ?? '', texts.common);
    const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
      const name = String(Properties.FunctionName).split('-production-')[1] ?? id;
      const rows = functionRows(template, target(Properties.Role) ?? '', comments[name] ?? []);
      return `### \`${name}\`\n\n${Properties.Description}.\n${table(rows)}`;
    });
    return `\n## ${service}\n\n${[...functions, ...machineParts(template)].join('\n')}`;
  });
  return `${HEAD}${services.join('')}`.replaceAll('production', '<stage>');
}

type Row = readonly [actions: string, on: string, why: string];

function functionRows(template: Template, role: string, comments: StatementComments[string]): readonly Row[] {
  const statements = roleStatementsOf(template, role);
  // The statements of serverless.yml stand after those of the function's events, and before that of its environment.
  const begin = statements.length - 1 - comments.length;
  return statements.flatMap((statement, index) => {
    const text = statement.actions.join();
    const isOfEnvironment = JSON.stringify(statement.condition ?? {}).includes('aws:lambda:FunctionArn');
    if (isOfEnvironment || OF_EVERY_FUNCTION.some((pattern) => pattern.test(text))) return [];
    const why = index < begin ? 'Its events come from there.' : (comments[index - begin] ?? '');
    return [rowOf(template, statement, why)];
  });
}

/** The roles of state machines. */
function machineParts(template: Template): readonly string[] {
  return resourcesOf(template, 'AWS::StepFunctions::StateMachine').map(([, { Properties }]) => {
    const rows = roleStatementsOf(template, target(Properties.RoleArn) ?? '').map((one) => rowOf(template, one, ''));
    return `### The state machine \`${Properties.StateMachineName}\`\n${table(rows)}`;
  });
}

function rowOf(template: Template, { actions, resources, condition }: TemplateStatement, why: string): Row {
  const code = (texts: readonly string[]) => texts.map((text) => (text === THE_KEY ? text : `\`${text}\``)).join(', ');
  const on = code(resources.map((resource) => describeResource(resource, template)));
  const only = Object.values(condition ?? {}).flatMap((keys) =>
    Object.entries(keys as object).map(([key, values]) => `; only \`${key}\` ${code([values].flat())}`),
  );
  return [code(actions), `${on}${only.join('')}`, why];
}

function table(rows: readonly Row[]): string {
  if (rows.length === 0) return '\nNothing else.\n';
  return `\n| may | on | why |\n|---|---|---|\n${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`;
}
