// Both doors without what stands behind them, for benchmarks.
export { openApiDoor } from './api-door/api-door.ts';
export { routesOf } from './api-door/gateway/route.ts';
export { createAwsDoor } from './aws-door/aws-door.ts';
export { createBucketCors } from './aws-door/bucket-cors.ts';
export { createRights } from './aws-door/rights/rights.ts';
export { createUsageCounter } from './aws-door/usage.ts';
