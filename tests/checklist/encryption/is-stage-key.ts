import { type Template, target } from '../../templates/template.ts';

/** Whether a value refers to the stage's key: in the service that declares it, or by the SSM parameter with its ARN. */
export function isStageKey(value: unknown, template: Template): boolean {
  const id = target(value) ?? '';
  const isDeclared = template.Resources[id]?.Type === 'AWS::KMS::Key';
  return isDeclared || /^\/weir\/.*\/data-key-arn$/.test(String(template.Parameters?.[id]?.Default));
}
