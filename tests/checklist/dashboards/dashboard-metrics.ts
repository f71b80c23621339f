import { resolve } from '../../alarms/cloudwatch/alarm.ts';
import { resourcesOf, type Template } from '../../templates/template.ts';
import type { Templates } from '../checked-templates.ts';

/** A metric in a graph of a dashboard. */
export interface DashboardMetric {
  readonly dashboard: string;
  /** Of the graph. */
  readonly title: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Widget {
  readonly type: string;
  readonly properties: { readonly title: string; readonly metrics?: readonly (readonly unknown[])[] };
}

/** Every metric of every dashboard in the templates, with its dimensions as after the deployment. */
export function dashboardMetrics(templates: Templates): readonly DashboardMetric[] {
  return Object.values(templates).flatMap((template) =>
    resourcesOf(template, 'AWS::CloudWatch::Dashboard').flatMap(([, { Properties }]) => {
      const { DashboardName, DashboardBody } = Properties as {
        DashboardName: string;
        DashboardBody: { 'Fn::Sub': string };
      };
      const { widgets } = JSON.parse(DashboardBody['Fn::Sub']) as { widgets: readonly Widget[] };
      return widgets.flatMap(({ properties: { title, metrics = [] } }) =>
        metrics.map((metric) => ({ dashboard: DashboardName, title, ...readMetric(template, metric) })),
      );
    }),
  );
}

function readMetric(template: Template, metric: readonly unknown[]) {
  const [namespace = '', name = '', ...pairs] = metric.filter((part): part is string => typeof part === 'string');
  const dimensions: Record<string, string> = {};
  for (let i = 0; i + 1 < pairs.length; i += 2) dimensions[pairs[i] ?? ''] = replaced(template, pairs[i + 1] ?? '');
  return { namespace, name, dimensions };
}

/** Replaces references of Fn::Sub. */
function replaced(template: Template, text: string): string {
  return text.replaceAll(/\$\{(\w+)(?:\.(\w+))?\}/g, (_all, id: string, attribute: string | undefined) =>
    resolve(template, attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] }),
  );
}
