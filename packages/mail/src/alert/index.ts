export { type AlertMailOptions, alertMail } from './alert-mail.ts';
export { type ChartedBucket, drawBuckets } from './draw-buckets.ts';
