export { Chances } from './chances.ts';
export { type Faults, VirtualProcess } from './virtual-process.ts';
export { VirtualTime } from './virtual-time.ts';
