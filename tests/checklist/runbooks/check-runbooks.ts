import { type Properties, resourcesOf, type Template, versionAlarms } from '../../templates/template.ts';

const PARTS = ['**It means.**', '**Look.**', '**Do.**', '**It is over**'];

/** Alarms without a section, sections without an alarm or a part, and descriptions that do not link to theirs. */
export function checkRunbooks(service: string, template: Template, page: string): string[] {
  const others = versionAlarms(template);
  const alarms = [
    ...resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(([id]) => !others.has(id)),
    ...resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm'),
  ];
  const sections = sectionsOf(page);
  const ids = alarms.map(([id]) => id);
  return [
    ...ids.filter((id) => !sections.has(id)).map((id) => `${id} has no section`),
    ...[...sections.keys()].filter((id) => !ids.includes(id)).map((id) => `the section ${id} has no alarm`),
    ...[...sections].flatMap(([id, section]) =>
      PARTS.filter((part) => !section.includes(part)).map((part) => `the section ${id} does not say: ${part}`),
    ),
    ...alarms
      .filter(([id, { Properties }]) => !links(service, id, Properties))
      .map(([id]) => `${id} does not link to it`),
  ];
}

function links(service: string, id: string, { AlarmDescription }: Properties): boolean {
  return String(AlarmDescription).endsWith(`Runbook: docs/runbooks/${service}.md#${id.toLowerCase()}`);
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
