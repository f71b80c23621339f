export { alertMail, type AlertMailOptions } from './alert-mail.ts';
export { type ChartedBucket, drawBuckets } from './draw-buckets.ts';
