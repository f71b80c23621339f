/**
 * What may go wrong with any function: it fails, it takes nearly its whole time-out, Lambda has no room for its calls.
 */
export type Concern = 'errors' | 'slow' | 'throttles' | 'iteratorAge';

/**
 * Either another alarm rises, in a situation of tests/alarms that shows it, or nobody needs to be told, for a reason. A
 * metric of each function would be 7.50 dollars a month, and tell the same a second time.
 */
export type Otherwise = { readonly alarm: string; readonly situation: string } | { readonly reason: string };

const ANSWERS: Readonly<Partial<Record<Concern, Otherwise>>> = {
  errors: { alarm: 'ApiFailingAlarm', situation: 'a function crashes, and the API gets a request every ten seconds' },
  slow: { alarm: 'ApiSlowAlarm', situation: 'a function takes nearly as long as it may' },
  throttles: {
    alarm: 'ApiFailingAlarm',
    situation: 'the account has no room for calls of functions, and the API gets a request every five minutes',
  },
};
const LAMBDA_WAITS = { reason: 'Lambda tries the call again for six hours; after that it is a dead letter' };
const STOPS_ITSELF = 'It works until shortly before its time-out, and the next call goes on';
const FAILS_DEPLOYMENT = { reason: 'CodeDeploy hears of no version that works, and the deployment fails' };
const NO_ROOM = 'the account has no room for calls of functions';

/** Concerns of functions that no metric of the function itself is watched for. */
export const WATCHED_OTHERWISE: Readonly<
  Record<string, Readonly<Record<string, Readonly<Partial<Record<Concern, Otherwise>>>>>>
> = {
  'ingest-stream': {
    consume: { throttles: { alarm: 'ConsumerIdleAlarm', situation: NO_ROOM } },
    sweep: {
      slow: { reason: `${STOPS_ITSELF}. LogUnfoldedAlarm rises when its time is not enough` },
      throttles: { alarm: 'SweepFailingAlarm', situation: NO_ROOM },
    },
  },
  api: {
    authorize: {
      ...ANSWERS,
      errors: {
        alarm: 'ApiFailingAlarm',
        situation: 'keys cannot be read, and the API gets a request every five minutes',
      },
    },
    keys: ANSWERS,
    events: ANSWERS,
    metrics: ANSWERS,
    users: ANSWERS,
    reports: ANSWERS,
    alerts: ANSWERS,
    webhooks: ANSWERS,
    addresses: ANSWERS,
    meta: ANSWERS,
    probe: { errors: FAILS_DEPLOYMENT, slow: FAILS_DEPLOYMENT, throttles: FAILS_DEPLOYMENT },
    rotate: {
      slow: { reason: 'Secrets Manager tries a rotation again; one that times out is an error' },
      throttles: { reason: 'Secrets Manager tries a rotation again' },
    },
    thumbnail: {
      errors: {
        alarm: 'ThumbnailDeadLettersAlarm',
        situation: 'a picture fails three times, and stays in the dead-letter queue until that is emptied',
      },
      throttles: LAMBDA_WAITS,
    },
    erase: {
      errors: { alarm: 'ErasuresOverdueAlarm', situation: 'the check for waiting erasures does not run any more' },
      slow: { reason: STOPS_ITSELF },
      throttles: { reason: 'Step Functions tries a task again for a day, and then ErasuresFailingAlarm rises' },
    },
  },
  reports: {
    daily: {
      slow: { reason: `${STOPS_ITSELF}. ReportOverdueAlarm rises when its time is not enough` },
      throttles: { alarm: 'DailyFailingAlarm', situation: NO_ROOM },
    },
    coordinate: {
      iteratorAge: { reason: 'The function sweep begins jobs whose record nobody took' },
    },
    work: { errors: { alarm: 'PartsDeadLettersAlarm', situation: 'a part fails in all attempts' } },
    sweep: {
      throttles: { alarm: 'JobsSweepFailingAlarm', situation: 'calls of the function sweep are throttled' },
    },
    audit: {
      errors: { alarm: 'AuditOverdueAlarm', situation: 'the function audit crashes' },
      slow: { reason: `${STOPS_ITSELF}. AuditOverdueAlarm rises when its time is not enough` },
      throttles: { alarm: 'AuditOverdueAlarm', situation: 'calls of the function audit are throttled' },
    },
  },
  notifications: {
    evaluate: {
      errors: { alarm: 'EvaluateBehindAlarm', situation: 'the function evaluate throws' },
      throttles: { alarm: 'EvaluateBehindAlarm', situation: 'calls of the function evaluate are throttled' },
    },
    dispatch: {
      errors: { alarm: 'DispatchBehindAlarm', situation: 'the function dispatch throws' },
      throttles: { alarm: 'DispatchBehindAlarm', situation: 'calls of the function dispatch are throttled' },
    },
    deliver: {
      errors: { alarm: 'WebhooksDeadLettersAlarm', situation: 'the function deliver fails with every message' },
      throttles: { alarm: 'WebhooksWaitingAlarm', situation: 'calls of the function deliver are throttled' },
    },
    clock: { throttles: { alarm: 'ClockFailingAlarm', situation: 'calls of the function clock are throttled' } },
    hangup: { throttles: { alarm: 'HangupFailingAlarm', situation: 'calls of the function hangup are throttled' } },
    mail: {
      errors: { alarm: 'MailsDeadLettersAlarm', situation: 'SES takes no mail' },
      throttles: { alarm: 'MailsWaitingAlarm', situation: 'calls of the function mail are throttled' },
    },
    feedback: {
      errors: { alarm: 'FeedbackDeadLettersAlarm', situation: 'the function feedback throws' },
      throttles: LAMBDA_WAITS,
    },
  },
};

/** State machines whose failed executions are not counted. */
export const WATCHED_MACHINES: Readonly<Record<string, string>> = {
  AuditMachine: 'AuditOverdueAlarm rises when an execution made no audit, for whatever reason',
};
