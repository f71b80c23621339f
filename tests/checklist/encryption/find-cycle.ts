import type { Template } from '../../templates/template.ts';

/** The logical ids of resources that wait for each other, so that CloudFormation can make none of them; or none. */
export function findCycle({ Resources }: Template): readonly string[] {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): readonly string[] => {
    if (path.includes(id)) return path.slice(path.indexOf(id));
    if (done.has(id)) return [];
    const { DependsOn = [], Properties } = Resources[id] as Template['Resources'][string];
    const needed = [...[DependsOn].flat(), ...referencesIn(Properties)].filter((other) => Resources[other]);
    for (const other of new Set(needed)) {
      const cycle = visit(other, [...path, id]);
      if (cycle.length > 0) return cycle;
    }
    done.add(id);
    return [];
  };
  for (const id of Object.keys(Resources)) {
    const cycle = visit(id, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** The logical ids to which a value refers. */
function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key !== 'Fn::Sub') return referencesIn(inner);
    const [text, variables] = [inner].flat();
    const names = [...String(text).matchAll(/\$\{([\w:]+)[.}]/g)].map(([, name = '']) => name);
    return [...names, ...referencesIn(variables)];
  });
}
