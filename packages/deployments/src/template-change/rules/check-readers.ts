import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { holds } from '../comparison/made-resources.ts';
import { isSame, type Resources, type Template } from '../comparison/template.ts';

/** What other stacks read of this one: exports, and SSM parameters. And what this one needs to be given. */
export function* checkReaders(change: TemplateChange): Iterable<Finding> {
  yield* checkExports(change);
  yield* checkParameters(change);
  for (const [where, { Default }] of Object.entries(change.after.Parameters ?? {})) {
    if (Default !== undefined || change.before.Parameters?.[where]) continue;
    const message = 'the parameter has no default, and a deployment gives it no value';
    yield { rule: 'no-value', where, effect: 'refused', message };
  }
}

function* checkExports({ before, after, others }: TemplateChange): Iterable<Finding> {
  const made = exportsOf(after);
  const used = new Set(others.flatMap((other) => [...importsIn(other)]));
  for (const [name, { id, value }] of exportsOf(before)) {
    if (!used.has(name) || isSame(made.get(name)?.value, value)) continue;
    const message = `another stack imports ${name}: CloudFormation neither removes nor changes it until no stack does`;
    yield { rule: 'export-used', where: id, effect: 'refused', message };
  }
}

function exportsOf(template: Template): Map<string, { id: string; value: unknown }> {
  const exported = Object.entries(template.Outputs ?? {}).filter(
    ([, { Export, Condition }]) => Export !== undefined && holds(template, Condition),
  );
  return new Map(
    exported.map(([id, { Export, Value }]) => [
      JSON.stringify((Export as { Name?: unknown }).Name),
      { id, value: Value },
    ]),
  );
}

function* importsIn(value: unknown): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Fn::ImportValue') yield JSON.stringify(inner);
    else yield* importsIn(inner);
  }
}

function* checkParameters({ old, made, others, isMoved }: TemplateChange): Iterable<Finding> {
  const read = new Set(others.flatMap(({ Parameters = {} }) => Object.values(Parameters).map(readName)));
  const written = namesOf(made);
  for (const [name, id] of namesOf(old)) {
    if (!read.has(name)) continue;
    if (!written.has(name)) {
      const message = `another stack reads ${name}, and cannot be deployed without it: deploy it first without that`;
      yield { rule: 'parameter-read', where: id, effect: 'refused', message };
    } else if (isMoved(made[written.get(name) ?? '']?.Properties?.Value)) {
      const message = `another stack read ${name}, and uses the old value until it is deployed again`;
      yield { rule: 'parameter-moves', where: id, effect: 'lost', message };
    }
  }
}

function namesOf(resources: Resources): Map<unknown, string> {
  const parameters = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::SSM::Parameter');
  return new Map(parameters.map(([id, { Properties = {} }]) => [Properties.Name, id]));
}

/** The name that a template's parameter of type `AWS::SSM::Parameter::…` reads. */
function readName({ Type, Default }: { readonly Type: string; readonly Default?: unknown }): unknown {
  return Type.startsWith('AWS::SSM::Parameter') ? Default : undefined;
}
