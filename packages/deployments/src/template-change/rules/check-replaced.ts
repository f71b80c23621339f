import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { isKept } from '../comparison/identity.ts';
import { RESOURCE_TYPES } from '../comparison/resource-types.ts';
import { isSame, type Resource } from '../comparison/template.ts';

/** What CloudFormation makes anew, or refuses to change, in place of a resource that is there. */
export function* checkReplaced({ kept, replaced, blocked }: TemplateChange): Iterable<Finding> {
  for (const [where, old, made] of kept) {
    const refused = findRefused(old, made) ?? findBlocked(made, blocked.get(where));
    if (refused !== undefined) yield { where, effect: 'refused', ...refused };
    const because = replaced.get(where);
    const lost = because && findLost(made, because.join(', '));
    if (lost) yield { where, effect: 'lost', ...lost };
  }
}

type Problem = Pick<Finding, 'rule' | 'message'>;

function findRefused(old: Resource, made: Resource): Problem | undefined {
  if (old.Type !== made.Type) {
    const message = `${old.Type} cannot become ${made.Type}: give the new resource another logical id`;
    return { rule: 'other-type', message };
  }
  const { never = [] } = RESOURCE_TYPES[made.Type] ?? {};
  const changed = never.filter((name) => !isSame(old.Properties?.[name], made.Properties?.[name]));
  if (changed.length === 0) return undefined;
  return { rule: 'never-changes', message: `${changed.join(', ')} of ${made.Type} never changes` };
}

function findBlocked({ Type }: Resource, because: readonly string[] | undefined): Problem | undefined {
  if (because === undefined) return undefined;
  const key = RESOURCE_TYPES[Type]?.key ?? [];
  const message = `${because.join(', ')} cannot change: a new ${Type} would be made beside this one, and both cannot have the same ${key.join(' and ')}. Give it another name`;
  return { rule: 'named-replacement', message };
}

function findLost({ Type, Properties = {}, UpdateReplacePolicy }: Resource, because: string): Problem | undefined {
  switch (RESOURCE_TYPES[Type]?.holds) {
    case 'data': {
      const fate = isKept(UpdateReplacePolicy) ? 'stays without a stack' : 'is deleted with what it holds';
      return { rule: 'data-lost', message: `${because} cannot change: an empty one is made, and the old one ${fate}` };
    }
    case 'address': {
      const message = `${because} cannot change: what others know of the old one no longer holds`;
      return { rule: 'address-lost', message };
    }
    default: {
      if (Properties.StartingPosition === undefined) return undefined;
      const message = `${because} cannot change: the new mapping begins anew at ${String(Properties.StartingPosition)}`;
      return { rule: 'mapping-restarts', message };
    }
  }
}
