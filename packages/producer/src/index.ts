export { closeOnSignals } from './close-on-signals.ts';
export { createProducer, type ProducerOptions } from './create-producer.ts';
export { BufferFullError, InvalidEventError, ProducerClosedError, ProducerError } from './errors.ts';
export type { Producer } from './producer.ts';
export type { GivenUp, NamedEvent, ProducerEvent } from './types.ts';
