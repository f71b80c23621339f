import { identityOf } from './identity.ts';
import { madeResources } from './made-resources.ts';
import { referencesIn } from './references.ts';
import { RESOURCE_TYPES } from './resource-types.ts';
import { isSame, type Resource, type Resources, type Template } from './template.ts';

/** The change from one template to the next, as CloudFormation sees it. */
export interface TemplateChange {
  readonly before: Template;
  readonly after: Template;
  /** The templates of the stage's other services, as they are while this one is deployed. */
  readonly others: readonly Template[];
  readonly old: Resources;
  readonly made: Resources;
  /** In both, by logical id: as it was, and as it will be. */
  readonly kept: readonly (readonly [string, Resource, Resource])[];
  readonly added: readonly (readonly [string, Resource])[];
  readonly removed: readonly (readonly [string, Resource])[];
  /** Those that CloudFormation makes anew, with the properties because of which. */
  readonly replaced: ReadonlyMap<string, readonly string[]>;
  /** Those that it would make anew, and cannot: the old and the new one would be the same thing. */
  readonly blocked: ReadonlyMap<string, readonly string[]>;
  /** Whether what a value refers to is another thing afterwards. */
  readonly isMoved: (value: unknown) => boolean;
}

/** Compares two templates of a service. */
export function compareTemplates(before: Template, after: Template, others: readonly Template[]): TemplateChange {
  const [old, made] = [madeResources(before), madeResources(after)];
  const kept = Object.entries(made).flatMap(([id, resource]) => {
    const was = old[id];
    return was === undefined ? [] : [[id, was, resource] as const];
  });
  const streams = new Set(kept.filter(([, was, is]) => hasOtherStream(was, is)).map(([id]) => id));
  const [replaced, blocked] = [new Map<string, readonly string[]>(), new Map<string, readonly string[]>()];
  const isMoved = (value: unknown) =>
    referencesIn(value).some(({ id, attribute }) => replaced.has(id) || (attribute === 'StreamArn' && streams.has(id)));
  findReplaced(kept, { replaced, blocked, isMoved });
  const isNew = ([id]: readonly [string, Resource]) => old[id] === undefined;
  const isGone = ([id]: readonly [string, Resource]) => made[id] === undefined;
  const added = Object.entries(made).filter(isNew);
  const removed = Object.entries(old).filter(isGone);
  return { before, after, others, old, made, kept, added, removed, replaced, blocked, isMoved };
}

interface Replacements {
  readonly replaced: Map<string, readonly string[]>;
  readonly blocked: Map<string, readonly string[]>;
  readonly isMoved: TemplateChange['isMoved'];
}

/** What refers to a replaced resource by a property that cannot change is replaced too, and so on. */
function findReplaced(kept: TemplateChange['kept'], { replaced, blocked, isMoved }: Replacements): void {
  for (let size = -1; size < replaced.size; ) {
    size = replaced.size;
    for (const [id, was, is] of kept) {
      const because = changedProperties(was, is, isMoved);
      if (was.Type !== is.Type || because.length === 0) continue;
      const isBlocked = isSameThing(was, is, isMoved);
      (isBlocked ? blocked : replaced).set(id, because);
      if (!isBlocked) blocked.delete(id);
    }
  }
}

/** Those that cannot change. */
function changedProperties(was: Resource, is: Resource, isMoved: TemplateChange['isMoved']): readonly string[] {
  return fixedProperties(was, is).filter((name) => {
    const [one, other] = [was.Properties?.[name], is.Properties?.[name]];
    return !isSame(one, other) || isMoved(other);
  });
}

/** Whether AWS would take both for one: they have the same key, and it refers to nothing that is made anew. */
function isSameThing(was: Resource, is: Resource, isMoved: TemplateChange['isMoved']): boolean {
  const identity = identityOf(is);
  return identity !== undefined && identityOf(was) === identity && !hasMovedKey(is, isMoved);
}

/** Whether the key of a resource refers to what is made anew. */
export function hasMovedKey({ Type, Properties = {} }: Resource, isMoved: TemplateChange['isMoved']): boolean {
  return (RESOURCE_TYPES[Type]?.key ?? []).some((name) => isMoved(Properties[name]));
}

function fixedProperties(was: Resource, is: Resource): readonly string[] {
  const { fixed = [] } = RESOURCE_TYPES[was.Type] ?? {};
  return hasOtherAttributes(was, is) ? [...fixed, 'AttributeDefinitions'] : fixed;
}

/** A table is made anew when an attribute that it has gets another type. */
function hasOtherAttributes(was: Resource, is: Resource): boolean {
  const typesOf = ({ Properties = {} }: Resource) => {
    const attributes = (Properties.AttributeDefinitions ?? []) as readonly Readonly<Record<string, string>>[];
    return new Map(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  };
  const types = typesOf(is);
  return [...typesOf(was)].some(([name, type]) => types.has(name) && types.get(name) !== type);
}

/** A table's stream that is turned off, or begins to hold something else, is another one. */
function hasOtherStream(was: Resource, is: Resource): boolean {
  const [one, other] = [was.Properties?.StreamSpecification, is.Properties?.StreamSpecification];
  return one !== undefined && !isSame(one, other);
}
