/** A firing of an alert. All times are RFC 3339 in UTC, with milliseconds. */
export interface AlertData {
  readonly firingId: string;
  readonly alert: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly field: 'count' | 'sum' | 'mean' | 'users' | 'p95';
  readonly comparison: 'above' | 'below' | 'silent';
  readonly threshold?: number;
  readonly relative?: {
    readonly to: 'previous' | 'day' | 'week';
    readonly percent: number;
    readonly minCount: number;
  };
  readonly bucket: AlertBucket;
  readonly value: number;
  /** What `relative` compared the value with. */
  readonly baseline?: number;
  readonly count: number;
  /** Arrival up to which everything was counted; null before the first event and the first sweep. */
  readonly asOf: string | null;
  /** Evaluated after an outage. */
  readonly late: boolean;
}

export interface AlertBucket {
  readonly start: string;
  readonly end: string;
  readonly interval: 'minute' | 'hour' | 'day';
  /** False where an open bucket was enough to fire. */
  readonly closed: boolean;
}

/** The bucket is the first one in which the condition is false again. */
export interface AlertRecoveredData extends AlertData {
  readonly recoveredAt: string;
  readonly firedBucket: AlertBucket;
}

export interface ReportReadyData {
  readonly reportId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly revision: number;
  /** The path of the API that has the report. */
  readonly path: string;
}

/** `userId` and `erasedAt` are cut from the message when it is delivered, exhausted or aborted. */
export interface UserErasedData {
  readonly erasureId: string;
  readonly userId?: string;
  readonly erasedAt?: string;
}

export interface EndpointDisabledData {
  readonly endpointId: string;
  readonly reason: 'gone' | 'failing' | 'asked';
  readonly since: string;
}

export interface MessageExhaustedData {
  readonly endpointId: string;
  readonly messageId: string;
  readonly type: string;
  readonly attempts: number;
  readonly lastStatus?: number;
  readonly lastError?: string;
}

export interface EndpointTestData {
  readonly endpointId: string;
}

/** The `data` of each type of message. */
export interface WebhookData {
  readonly 'alert.fired': AlertData;
  readonly 'alert.recovered': AlertRecoveredData;
  readonly 'report.ready': ReportReadyData;
  readonly 'user.erased': UserErasedData;
  readonly 'endpoint.disabled': EndpointDisabledData;
  readonly 'message.attempt.exhausted': MessageExhaustedData;
  readonly 'endpoint.test': EndpointTestData;
}
