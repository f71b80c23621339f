/** Why roles have grants that no connected test needs. */
export interface Reason {
  /** Names of roles as the local AWS gives them (a function's name, or a service's and a logical id); `*` is any text. */
  readonly roles: string;
  /** Actions that these roles are granted. */
  readonly actions: readonly string[];
  /** The resource, if the reason does not hold for all of them; `*` is any text. */
  readonly resource?: string;
  readonly reason: string;
}

/** Each is refused as soon as a recorded call needs one of its grants, or no role has such a grant. */
export const REASONS: readonly Reason[] = [
  {
    roles: '*',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason: "Lambda writes a function's log in the name of its role; on this machine, logs are files",
  },
  {
    roles: '*',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    reason: "X-Ray's daemon sends traces in the name of the role; on this machine, nothing is traced",
  },
  {
    roles: '* ErasureMachineRole',
    actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    reason: 'Step Functions asks X-Ray which executions to trace; on this machine, nothing is traced',
  },
];
