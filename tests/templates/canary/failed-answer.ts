import { createTelemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import sinon from 'sinon';
import type { MetricId } from '../../alarms/cloudwatch/datapoints.ts';

/** A line of CloudWatch's embedded metric format. Its dimensions have their values beside `_aws`. */
interface Embedded {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly [
      { readonly Namespace: string; readonly Dimensions: [string[]]; readonly Metrics: [{ readonly Name: string }] },
    ];
  };
  readonly [dimension: string]: unknown;
}

/** The metric that a version of a function of the API writes for an answer with a 5xx. */
export async function failedAnswer(functionName: string, stage: string): Promise<MetricId> {
  const context = { functionName, functionVersion: '2', awsRequestId: 'r-1' } as Context;
  const { observe } = createTelemetry({ service: 'weir-api', stage, logLevel: 'INFO' });
  const write = sinon.stub(process.stdout, 'write').returns(true);
  try {
    await observe({ context, hasFailed: () => true }, async () => undefined);
    const line = JSON.parse(write.args.map(([text]) => String(text)).join('')) as Embedded;
    const [{ Namespace: namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;
    const dimensions = Object.fromEntries(Dimensions[0].map((name) => [name, String(line[name])]));
    return { namespace, name: Metrics[0].Name, dimensions };
  } finally {
    write.restore();
  }
}
