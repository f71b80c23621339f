import { gatewayResponsesOf } from '../../templates/rest-api/api-body.ts';
import { propertiesOf, resourcesOf, type Template, target } from '../../templates/template.ts';
import { MINUTE_MS } from '../simulated/clock.ts';
import type { Inbox } from '../simulated/inbox.ts';

/** The source of the answer: a function, or API Gateway itself with one of its reasons. */
export type Answered =
  | { readonly by: 'function'; readonly status: number }
  | { readonly by: 'gateway'; readonly reason: 'AUTHORIZER_FAILURE' | 'INTEGRATION_FAILURE' };

/** CloudWatch's metrics of a REST API's stage: API Gateway's own, and those of filters on the access log. */
export class SimulatedGateway {
  readonly #template: Template;
  readonly #inbox: Inbox;

  constructor(template: Template, inbox: Inbox) {
    this.#template = template;
    this.#inbox = inbox;
  }

  report(at: number, answered: Answered & { readonly latencyMs: number }): void {
    const status = answered.by === 'function' ? answered.status : this.#ownStatus(answered.reason);
    // "API Gateway counts modified gateway response status codes as 4XXError": ours all have a status code of their
    // own.
    const is5xx = answered.by === 'function' && status >= 500;
    this.#put('Latency', at, answered.latencyMs);
    this.#put('5XXError', at, Number(is5xx));
    this.#put('4XXError', at, Number(!is5xx && status >= 400));
    this.#log(at, status);
  }

  #ownStatus(reason: string): number {
    const found = gatewayResponsesOf(this.#template).find(([type]) => type === reason);
    return Number(found?.[1].statusCode);
  }

  /** Sends no values in a minute without a request. */
  #put(name: string, at: number, value: number): void {
    const { Name: ApiName } = propertiesOf(this.#template, 'ApiGatewayRestApi') as { Name: string };
    const { StageName: Stage } = propertiesOf(this.#template, 'ApiStage') as { StageName: string };
    this.#inbox.put({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiName, Stage }, at, value });
  }

  #log(at: number, status: number): void {
    const { Format, DestinationArn } = propertiesOf(this.#template, 'ApiStage').AccessLogSetting as AccessLogSetting;
    const line = Format.replaceAll(/\$context\.[\w.]+/g, (name) => (name === '$context.status' ? String(status) : '-'));
    for (const [, { Properties }] of resourcesOf(this.#template, 'AWS::Logs::MetricFilter')) {
      const { LogGroupName, FilterPattern, MetricTransformations } = Properties as unknown as MetricFilter;
      if (target(LogGroupName) !== target(DestinationArn) || !isMatch(FilterPattern, line)) continue;
      for (const { MetricNamespace: namespace, MetricName: name, MetricValue } of MetricTransformations) {
        this.#inbox.put({ namespace, name, dimensions: {}, at, sentAt: at + MINUTE_MS, value: Number(MetricValue) });
      }
    }
  }
}

/** Whether a field of a JSON line matches a filter pattern, in which `*` stands for any characters. */
function isMatch(pattern: string, line: string): boolean {
  const [, field = '', text = ''] = /^\{ \$\.(\w+) = "([\w*]+)" \}$/.exec(pattern) ?? [];
  if (field === '') throw new Error(`tests/alarms does not match ${pattern} yet`);
  const value = (JSON.parse(line) as Record<string, unknown>)[field];
  return typeof value === 'string' && new RegExp(`^${text.replaceAll('*', '.*')}$`).test(value);
}

interface AccessLogSetting {
  readonly Format: string;
  readonly DestinationArn: unknown;
}

interface MetricFilter {
  readonly LogGroupName: unknown;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly MetricValue: string;
  }[];
}
