import type { Serverless, TemplateResource } from '../framework/serverless.ts';

/** A third of a dashboard's width. */
const WIDTH = 8;
const HEIGHT = 6;

/**
 * Makes the text of each dashboard that is written as a list of graphs: CloudFormation takes a dashboard as JSON only. A
 * graph has a title, metrics (lists of a namespace, a name, and names and values of dimensions), and what else CloudWatch
 * takes as properties of a metric widget. The `alarms` (ARNs) stand above the graphs: by default all alarms of the template
 * that every stage has, and those that stages have together with the dashboard.
 */
export function writeDashboards({ service }: Serverless): void {
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  for (const { Type, Condition, Properties } of Object.values(Resources)) {
    const body = Properties?.DashboardBody;
    if (Type !== 'AWS::CloudWatch::Dashboard' || !isDashboard(body) || !Properties) continue;
    const { alarms = alarmsWith(Resources, Condition), graphs } = body;
    const widgets = [alarmWidget(alarms), ...graphs.map(graphWidget)];
    Properties.DashboardBody = { 'Fn::Sub': JSON.stringify({ widgets }, referAsText) };
  }
}

interface Dashboard {
  readonly alarms?: readonly unknown[];
  readonly graphs: readonly Readonly<Record<string, unknown>>[];
}

function isDashboard(body: unknown): body is Dashboard {
  return typeof body === 'object' && body !== null && 'graphs' in body;
}

function alarmsWith(resources: Readonly<Record<string, TemplateResource>>, condition: string | undefined): unknown[] {
  const alarms = Object.entries(resources).filter(([, { Type }]) => /^AWS::CloudWatch::(Composite)?Alarm$/.test(Type));
  const existing = alarms.filter(([, { Condition = condition }]) => Condition === condition);
  return existing.map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }));
}

function alarmWidget(alarms: readonly unknown[]): object {
  return { type: 'alarm', width: 24, height: HEIGHT, properties: { title: 'Alarms', alarms } };
}

function graphWidget(graph: Readonly<Record<string, unknown>>): object {
  const properties = { region: `\${AWS::Region}`, view: 'timeSeries', period: 300, ...graph };
  return { type: 'metric', width: WIDTH, height: HEIGHT, properties };
}

/** References inside of the text, in the way of Fn::Sub. */
function referAsText(_key: string, value: unknown): unknown {
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof Ref === 'string') return `\${${Ref}}`;
  if (Array.isArray(attribute)) return `\${${attribute.join('.')}}`;
  return typeof text === 'string' ? text : value;
}
