import { matchesGlob } from 'node:path';
import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { isSame, type Resource, type Template } from '../comparison/template.ts';

const CONTEXT = 'kms:EncryptionContext:aws:logs:arn';

/** Whom KMS knows: roles by their ids, and log groups by their names. */
export function* checkKeys(change: TemplateChange): Iterable<Finding> {
  const patterns = [change.after, ...change.others].flatMap(logPatterns);
  for (const [where, resource] of Object.entries(change.made)) {
    const was = change.old[where]?.Properties;
    const { RoleName, KmsKeyId } = resource.Properties ?? {};
    if (resource.Type === 'AWS::IAM::Role' && RoleName !== undefined && was?.RoleName === undefined) {
      const message = 'has a name: made anew under it, it is another role for KMS, whose grants no longer hold';
      yield { rule: 'role-name', where, effect: 'lost', message };
    }
    const isEncrypted = resource.Type === 'AWS::Logs::LogGroup' && KmsKeyId !== undefined;
    if (!isEncrypted || patterns.length === 0 || isSame(was?.KmsKeyId, KmsKeyId)) continue;
    if (patterns.some((pattern) => isMatch(where, resource, pattern))) continue;
    const message = "the policy of the stage's key lets CloudWatch Logs write no log group of this name";
    yield { rule: 'log-group-key', where, effect: 'refused', message };
  }
}

/** The names of log groups for which the keys of a template may be used. */
function logPatterns({ Resources }: Template): string[] {
  const keys = Object.values(Resources).filter(({ Type }) => Type === 'AWS::KMS::Key');
  return keys.flatMap(({ Properties = {} }) => {
    const { Statement = [] } = (Properties.KeyPolicy ?? {}) as { Statement?: readonly { Condition?: object }[] };
    const arns = Statement.flatMap(({ Condition = {} }) =>
      Object.values(Condition).flatMap((given: Readonly<Record<string, unknown>>) => given[CONTEXT] ?? []),
    );
    return arns.flat().map((arn) => JSON.stringify(arn).replace(/^.*:log-group:([^"]*)".*$/, '$1'));
  });
}

/** Without a name it gets one with its logical id. */
function isMatch(id: string, { Properties = {} }: Resource, pattern: string): boolean {
  const { LogGroupName: name } = Properties;
  return typeof name === 'string' ? matchesGlob(name, pattern) : pattern.includes(`-${id}-`);
}
