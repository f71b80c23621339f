import type { TemplateResource } from '../framework/serverless.ts';
import { ALIAS } from './names.ts';

/** Of a hundred calls of the new version, so many may fail in a minute. */
const MAX_PERCENT = 1;

/** A version of a function, in a service's template. */
interface Version {
  /** The service's name, and its stage. */
  readonly service: string;
  readonly stage: string;
  readonly functionName: string;
  readonly functionId: string;
  readonly versionId: string;
  /** Where its runbook is. */
  readonly runbook: string;
}

/**
 * The alarm that takes a version back. For Lambda, an answer with a status of 5xx is no error: the function counts
 * these itself (packages/logging).
 */
export function rollbackAlarm({
  service,
  stage,
  functionName,
  functionId,
  versionId,
  runbook,
}: Version): TemplateResource {
  const version = { 'Fn::GetAtt': [versionId, 'Version'] };
  const ofLambda = {
    FunctionName: { Ref: functionId },
    Resource: `${functionName}:${ALIAS}`,
    ExecutedVersion: version,
  };
  const own = { service, stage, function_name: { Ref: functionId }, function_version: version };
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `More than ${MAX_PERCENT} % of the calls of a version of ${functionName} fail: CodeDeploy takes it back while it is new. Runbook: ${runbook}`,
      Metrics: [
        // A call and its failure may be in two minutes.
        { Id: 'percent', Expression: '100 * (FILL(errors, 0) + FILL(failed, 0)) / FILL(calls, 1)', ReturnData: true },
        sumOf('calls', { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions: dimensionsOf(ofLambda) }),
        sumOf('errors', { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: dimensionsOf(ofLambda) }),
        sumOf('failed', { Namespace: 'Weir', MetricName: 'AnswersFailed', Dimensions: dimensionsOf(own) }),
      ],
      // A value may be late: the alarm looks at each minute five times.
      EvaluationPeriods: 5,
      DatapointsToAlarm: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: MAX_PERCENT,
      TreatMissingData: 'notBreaching',
    },
  };
}

function dimensionsOf(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

function sumOf(Id: string, Metric: object): object {
  return { Id, ReturnData: false, MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
}
