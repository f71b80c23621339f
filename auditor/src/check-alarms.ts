import { createRequire } from 'node:module';
import { type Properties, resourcesOf, type Template } from '../../tests/templates/template.ts';
import type { Finding } from './finding.ts';
import type { ServiceTemplate } from './templates.ts';

// It has no types, and its main file is only a part of it.
const require = createRequire(import.meta.url);
const createAlarms = require('slic-watch-core/alarms') as SlicWatchAlarms;
const readTemplate = require('slic-watch-core/cf-template') as (template: object) => SlicWatchTemplate;
const { alarms: defaults } = require('slic-watch-core/default-config') as { alarms: object };

type SlicWatchTemplate = object;
type SlicWatchAlarms = (
  config: object,
  functions: Readonly<Record<string, object>>,
  context: object,
) => { addAlarms(template: SlicWatchTemplate): void };

/** An alarm of slic-watch, and whether the template watches the same metric of the same resource. */
export interface ComparedAlarm extends Finding {
  readonly isHad: boolean;
}

/** The alarms that slic-watch would add with its default settings. */
export function compareAlarms({ service, template }: ServiceTemplate): readonly ComparedAlarm[] {
  // An alarm may have more dimensions: the stage of an API beside its name.
  const had = alarmsOf(template).flatMap(watchedBy);
  const extended = structuredClone(template);
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => [id, {}]);
  createAlarms(defaults, Object.fromEntries(functions), { alarmActions: [] }).addAlarms(readTemplate(extended));
  return alarmsOf(extended)
    .filter(([id]) => template.Resources[id] === undefined)
    .map(([id, properties]) => {
      // Of a share, the first metric is the one that is too high.
      const [watched = ''] = watchedBy([id, properties]);
      const [rule = '', ...resource] = watched.split(' ');
      return {
        checker: 'slic-watch',
        rule,
        where: `${service}/${resource.join(' ')}`,
        message: `slic-watch would add ${id}`,
        isHad: had.some((one) => one === watched || one.startsWith(`${watched}.`)),
      };
    });
}

type AlarmProperties = readonly [id: string, properties: Properties];

function alarmsOf(template: Template): readonly AlarmProperties[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [id, Properties]);
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

/** A text for each metric of an alarm: `AWS/Lambda/Errors ConsumeLambdaFunction`. */
function watchedBy([, properties]: AlarmProperties): readonly string[] {
  const queries = (properties.Metrics ?? []) as readonly { readonly MetricStat?: { readonly Metric: Metric } }[];
  const metrics = queries.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  const plain = properties.MetricName === undefined ? [] : [properties as unknown as Metric];
  return [...plain, ...metrics].map(
    ({ Namespace, MetricName, Dimensions = [] }) =>
      `${Namespace}/${MetricName} ${Dimensions.map(({ Value }) => nameOf(Value)).join('.')}`,
  );
}

/** The logical id of a resource, or the name that a dimension has. */
function nameOf(value: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return Ref ?? attribute?.[0] ?? (typeof value === 'string' ? value : JSON.stringify(value));
}
