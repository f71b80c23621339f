import { packageService, serviceNames } from '../templates/package-service.ts';
import type { Resource, Template } from '../templates/template.ts';

const STAGE = 'production';

/** The packaged template of each service, by the service's name. */
export type Templates = Readonly<Record<string, Template>>;

/** What a line of the checklist does not allow: where, and what is wrong there. */
export interface Finding {
  readonly service: string;
  /** The logical id of the resource, or another place in the service. */
  readonly place: string;
  readonly problem: string;
}

/** The templates of a stage made for production. They are packaged once in a run; every caller gets its own copy. */
export function checkedTemplates(): Templates {
  return Object.fromEntries(serviceNames().map((name) => [name, packageService(name, STAGE).template]));
}

/** The name of a service's stack. */
export function stackOf(service: string): string {
  return `weir-${service}-${STAGE}`;
}

/** A resource of a copy of the templates: a test may break it. Its properties have no types. */
// biome-ignore lint/suspicious/noExplicitAny: a test reaches deep into the properties to break them
export type Breakable = { -readonly [K in keyof Resource]: any };

/** A copy of the templates in which `change` has broken the resources of one service. */
export function breakService(
  templates: Templates,
  service: string,
  change: (resources: Record<string, Breakable>) => void,
): Templates {
  const copy = structuredClone(templates);
  change(copy[service]?.Resources as Record<string, Breakable>);
  return copy;
}
