import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { RESOURCE_TYPES } from '../../packages/deployments/src/template-change/comparison/resource-types.ts';
import type { Finding } from './finding.ts';

const database = loadAwsServiceSpecSync();

/**
 * Compares the properties that `npm run check-change` takes for fixed with those that AWS' specification says cannot
 * change.
 */
export function checkFixedProperties(): readonly Finding[] {
  return Object.entries(RESOURCE_TYPES).flatMap(([type, { fixed = [], key = [], never = [] }]) => {
    const [known] = database.lookup('resource', 'cloudFormationType', 'equals', type);
    if (known === undefined) return [finding(type, `there is no type ${type}`)];
    const specified = Object.entries(known.properties).flatMap(([name, { causesReplacement }]) =>
      causesReplacement === 'yes' ? [name] : [],
    );
    const unknown = [...fixed, ...key, ...never].filter((name) => known.properties[name] === undefined);
    return [
      ...[...new Set(unknown)].map((name) => finding(type, `there is no ${name}`)),
      ...specified.filter((name) => !fixed.includes(name)).map((name) => finding(type, `${name} cannot change`)),
      ...fixed.filter((name) => !specified.includes(name)).map((name) => finding(type, `${name} can change`)),
    ];
  });
}

function finding(type: string, message: string): Finding {
  return {
    checker: 'specification',
    rule: 'fixed-property',
    where: `resource-types/${type.replaceAll('::', '-')}`,
    message,
  };
}
