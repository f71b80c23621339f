import { askedAlarms } from '../../templates/canary/asked-alarms.ts';
import { type Properties, resourcesOf, type Template } from '../../templates/template.ts';

/** The section of all alarms of new versions; their logical ids have the hash of a version's code at the end. */
const OF_VERSIONS = 'CanaryAlarm';
const PARTS = ['**It means.**', '**Look.**', '**Do.**', '**It is over**'];

/** Alarms without a section, sections without an alarm or a part, and descriptions that do not link to theirs. */
export function checkRunbooks(service: string, template: Template, page: string): string[] {
  const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    resourcesOf(template, type).map(([id, { Properties }]) => ({ id, Properties, name: sectionOf(template, id) })),
  );
  const sections = sectionsOf(page);
  const names = new Set(alarms.map(({ name }) => name));
  return [
    ...[...names].filter((name) => !sections.has(name)).map((name) => `${name} has no section`),
    ...[...sections.keys()].filter((name) => !names.has(name)).map((name) => `the section ${name} has no alarm`),
    ...[...sections].flatMap(([name, section]) =>
      PARTS.filter((part) => !section.includes(part)).map((part) => `the section ${name} does not say: ${part}`),
    ),
    ...alarms
      .filter(({ name, Properties }) => !links(service, name, Properties))
      .map(({ id }) => `${id} does not link to it`),
  ];
}

/** The section of an alarm. The name of every alarm in CloudWatch contains that of its section. */
export function sectionOf(template: Template, id: string): string {
  return askedAlarms(template).has(id) && id.includes(OF_VERSIONS) ? OF_VERSIONS : id;
}

function links(service: string, name: string, { AlarmDescription }: Properties): boolean {
  return String(AlarmDescription).endsWith(`Runbook: docs/runbooks/${service}.md#${name.toLowerCase()}`);
}

/** Names of the stage `production` on a page that no template has. `known` is the text of all templates. */
export function unknownNames(page: string, known: string): string[] {
  const names = page.replaceAll('$stage', 'production').matchAll(/weir-[\w-]*production[\w-]*/g);
  return [...new Set([...names].map(([name]) => name))].filter((name) => !known.includes(name));
}

/** A page of docs/runbooks: the sections that it has, by the name of their alarm. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const parts = page.split(/^## /m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part]));
}
