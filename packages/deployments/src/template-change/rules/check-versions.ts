import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { referencesIn } from '../comparison/references.ts';

/** Published versions of functions: each keeps the role and the environment that its function had. */
export function* checkVersions({ kept, made, replaced, isMoved }: TemplateChange): Iterable<Finding> {
  for (const [where, , { Type, Properties = {} }] of kept) {
    if (Type !== 'AWS::Lambda::Version' || replaced.has(where)) continue;
    const functions = referencesIn(Properties.FunctionName).map(({ id }) => made[id]);
    if (!functions.some((one) => isMoved(one?.Properties))) continue;
    const message =
      'what its function refers to is made anew, and the version keeps the old: give it another logical id';
    yield { rule: 'version-keeps-old', where, effect: 'lost', message };
  }
}
