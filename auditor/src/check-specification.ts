import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, ResourceProperties } from '@aws-cdk/service-spec-types';
import type { Finding } from './finding.ts';
import type { ServiceTemplate } from './templates.ts';

const database = loadAwsServiceSpecSync();

/** Compares the properties of each resource with AWS' specification: unknown, missing, and of another type. */
export function checkSpecification({ service, template }: ServiceTemplate): readonly Finding[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const [known] = database.lookup('resource', 'cloudFormationType', 'equals', Type);
    const problems =
      known === undefined
        ? [{ rule: 'unknown-type', message: `there is no type ${Type}` }]
        : [...problemsOf(known.properties, Properties, '')];
    return problems.map((problem): Finding => ({ checker: 'specification', where: `${service}/${id}`, ...problem }));
  });
}

type Problem = Pick<Finding, 'rule' | 'message'>;

function* problemsOf(known: ResourceProperties, value: object, path: string): Iterable<Problem> {
  if (isIntrinsic(value)) return;
  const given = value as Readonly<Record<string, unknown>>;
  for (const [name, { required }] of Object.entries(known)) {
    if (required === true && given[name] === undefined)
      yield { rule: 'missing-property', message: `${path}${name} is missing` };
  }
  for (const [name, inner] of Object.entries(given)) {
    const property = known[name];
    if (property === undefined) yield { rule: 'unknown-property', message: `there is no ${path}${name}` };
    else yield* fits(property.type, inner, path + name);
  }
}

/** Problems of a value that must have a type. What CloudFormation computes is not looked at. */
function fits(type: PropertyType, value: unknown, path: string): readonly Problem[] {
  if (isIntrinsic(value)) return [];
  const all = (isRight: boolean, inner: () => readonly Problem[]) => (isRight ? inner() : [wrong(path, type, value)]);
  switch (type.type) {
    case 'union':
      return all(
        type.types.some((one) => fits(one, value, path).length === 0),
        () => [],
      );
    case 'ref': {
      const { properties } = database.get('typeDefinition', type.reference.$ref);
      return all(isObject(value), () => [...problemsOf(properties, value as object, `${path}.`)]);
    }
    case 'array':
      return all(Array.isArray(value), () =>
        (value as unknown[]).flatMap((inner, at) => fits(type.element, inner, `${path}[${at}]`)),
      );
    case 'map':
      return all(isObject(value), () =>
        Object.entries(value as object).flatMap(([name, inner]) => fits(type.element, inner, `${path}.${name}`)),
      );
    default:
      return all(isScalar(type, value), () => []);
  }
}

function isScalar(type: PropertyType, value: unknown): boolean {
  switch (type.type) {
    case 'string':
      // CloudFormation makes a text of a number, and of a boolean.
      return ['string', 'number', 'boolean'].includes(typeof value) && isAllowed(type.allowedValues, value);
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && Number.isFinite(Number(value)));
    case 'integer':
      return Number.isInteger(Number(value)) && isAllowed(type.allowedValues, value);
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    default:
      // JSON, tags and times have any form.
      return true;
  }
}

function isAllowed(allowed: readonly unknown[] | undefined, value: unknown): boolean {
  return allowed === undefined || allowed.some((one) => String(one) === String(value));
}

function wrong(path: string, type: PropertyType, value: unknown): Problem {
  return { rule: 'wrong-type', message: `${path} must be ${type.type}, and is ${JSON.stringify(value).slice(0, 80)}` };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIntrinsic(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}
