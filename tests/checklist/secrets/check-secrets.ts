import { resourcesOf, type Template, target, variablesOf } from '../../templates/template.ts';
import type { Finding, Templates } from '../checked-templates.ts';
import { grantsOf } from '../least-privilege/grants-of.ts';
import { UNROTATED } from '../reasons.ts';

/** A rotation that comes less often is none. */
const MAX_ROTATION_DAYS = 90;
const ROTATES = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'];

/** What a secret looks like wherever it stands: CloudFormation's references to values too, as they become the value. */
const LITERALS: readonly RegExp[] = [
  /\{\{resolve:(?:secretsmanager|ssm-secure):/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\bweir_\w{40,}/,
  /\bwhsec_\w{20,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
];
/** A variable with such a name holds the name of a secret, and not its value. */
const SECRET_VARIABLE = /SECRET|PASSWORD|TOKEN|CREDENTIAL|API_?KEY/;

// biome-ignore lint/suspicious/noExplicitAny: each type of resource has other properties
type Json = Readonly<Record<string, any>>;

/** Secrets outside of Secrets Manager and the parameter store, and secrets that no function rotates. */
export function checkSecrets(templates: Templates): readonly Finding[] {
  const names = Object.values(templates).flatMap((template) =>
    resourcesOf(template, 'AWS::SecretsManager::Secret').map(([, { Properties }]) => String(Properties.Name)),
  );
  return Object.entries(templates).flatMap(([service, template]) => [
    ...literals(template).map((place) => ({ service, place, problem: 'has the text of a secret' })),
    ...variables(template, names).map((place) => ({ service, place, problem: 'has a variable with a secret' })),
    ...givenValues(template).map((place) => ({ service, place, problem: 'has a value that stands in the template' })),
    ...unrotated(template).map(([place, problem]) => ({ service, place, problem })),
  ]);
}

function literals(template: Template): readonly string[] {
  return Object.entries(template.Resources)
    .filter(([, { Properties }]) => LITERALS.some((pattern) => pattern.test(JSON.stringify(Properties ?? {}))))
    .map(([place]) => place);
}

function variables(template: Template, names: readonly string[]): readonly string[] {
  return resourcesOf(template, 'AWS::Lambda::Function').flatMap(([place]) =>
    Object.entries(variablesOf(template, place))
      .filter(([name, value]) => SECRET_VARIABLE.test(name) && !names.includes(String(value)))
      .map(([name]) => `${place} ${name}`),
  );
}

function givenValues(template: Template): readonly string[] {
  return resourcesOf(template, 'AWS::SecretsManager::Secret')
    .filter(([, { Properties }]) => Properties.SecretString !== undefined || !Properties.GenerateSecretString)
    .map(([place]) => place);
}

function unrotated(template: Template): readonly (readonly [place: string, problem: string])[] {
  return resourcesOf(template, 'AWS::SecretsManager::Secret').flatMap(([place]) => {
    if (UNROTATED[place] !== undefined) return [];
    const [schedule] = resourcesOf(template, 'AWS::SecretsManager::RotationSchedule').filter(
      ([, { Properties }]) => target(Properties.SecretId) === place,
    );
    if (schedule === undefined) return [[place, 'is not rotated'] as const];
    return rotationFaults(template, place, schedule[1].Properties).map((fault) => [schedule[0], fault] as const);
  });
}

function rotationFaults(template: Template, secret: string, schedule: Json): readonly string[] {
  const functionId = target(schedule.RotationLambdaARN) ?? '';
  const role = target(template.Resources[functionId]?.Properties.Role) ?? '';
  const allowed = grantsOf(template, role)
    .filter(({ resource }) => target(resource) === secret)
    .map(({ action }) => action.replace('secretsmanager:', ''));
  const isInvoked = resourcesOf(template, 'AWS::Lambda::Permission').some(
    ([, { Properties }]) =>
      Properties.Principal === 'secretsmanager.amazonaws.com' && target(Properties.FunctionName) === functionId,
  );
  const days = Number(schedule.RotationRules?.AutomaticallyAfterDays);
  return [
    ...(days <= MAX_ROTATION_DAYS ? [] : [`rotates after ${days} days`]),
    ...(isInvoked ? [] : ['its function may not be invoked by Secrets Manager']),
    ...ROTATES.filter((action) => !allowed.includes(action)).map((action) => `its function may not ${action}`),
  ];
}
