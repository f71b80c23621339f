import type { Template } from './template.ts';

/**
 * Whether a stage has what has this condition. Those of our templates compare parameters of the stage, which packaging
 * has filled in. Throws if it is of another kind.
 */
export function holds(template: Template, name: string | undefined): boolean {
  return name === undefined || isTrue(template, { Condition: name });
}

function isTrue(template: Template, condition: unknown): boolean {
  const [[name, value] = ['', undefined]] = Object.entries(condition ?? {}) as [string, unknown][];
  if (name === 'Condition') return isTrue(template, template.Conditions?.[String(value)]);
  const values = value as readonly unknown[];
  if (name === 'Fn::Equals' && values.every((one) => typeof one === 'string')) return values[0] === values[1];
  if (name === 'Fn::Not') return !isTrue(template, values[0]);
  throw new Error(`add ${JSON.stringify(condition)} to tests/templates/conditions.ts`);
}
