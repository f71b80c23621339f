import { dataResources, isKept, type Template } from '../account/template.ts';

/**
 * Why a stack must not be removed as it is: CloudFormation keeps or deletes data as the deployed template says, and the
 * stage now says otherwise. Undefined if they agree.
 */
export function removalProblem(stackName: string, declared: Template, deployed: Template): string | undefined {
  const differing = dataResources(declared).filter(([id, resource]) => {
    const there = deployed.Resources[id];
    return there !== undefined && isKept(there) !== isKept(resource);
  });
  const [first] = differing;
  if (first === undefined) return undefined;
  const ids = differing.map(([id]) => id).join(', ');
  const [said, does] = isKept(first[1]) ? ['keeps', 'would delete'] : ['does not keep', 'would keep'];
  return `The stage ${said} its data, but ${stackName}, as it was last deployed, ${does} ${ids}: deploy it once more, then remove it`;
}
