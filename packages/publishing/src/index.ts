export { buildPackage } from './build-package.ts';
export { type Consumer, type ConsumerParts, createConsumer, PUBLISHED_FOR } from './create-consumer.ts';
