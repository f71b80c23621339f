import { HOURS_KEPT_DAYS } from '@weir/dynamodb/series-plan';

/** The kinds of jobs that callers may ask for. `users` is made for the daily report only. */
export const ASKED_KINDS = ['summary', 'retention', 'funnel'] as const;

export type AskedKind = (typeof ASKED_KINDS)[number];

/** The largest body of a question: a hundred names of actions, and some. */
export const MAX_QUESTION_BYTES = 20_000;

/** The longest summary: ten years and some days. Each day is a part. */
export const MAX_SUMMARY_DAYS = 3_700;

/**
 * Days that a summary reaches back if its zone's days are not those of UTC: they need single hours, which are kept for a
 * day longer. In this day the job may wait.
 */
export const ZONED_SUMMARY_DAYS = HOURS_KEPT_DAYS - 1;

/** The longest retention. Each week is compared with all later weeks: 200 of them make 20,100 numbers. */
export const MAX_RETENTION_WEEKS = 200;

/** The longest time in which a funnel may begin. */
export const MAX_FUNNEL_DAYS = 400;

/** A day, unless the question says otherwise. */
export const DEFAULT_WINDOW_SECONDS = 86_400;

/** 30 days. */
export const MAX_WINDOW_SECONDS = 2_592_000;

/** What a caller with too many jobs should wait: most jobs end within it. */
export const RETRY_AFTER_SECONDS = 30;

/** The most actions that a question may name. */
export const MAX_ACTIONS = 100;

export const MIN_STEPS = 2;
export const MAX_STEPS = 10;
