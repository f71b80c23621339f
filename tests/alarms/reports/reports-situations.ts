import type { Situation } from '../situation.ts';
import type { ReportsWorld } from './reports-world.ts';

/** The situations of the service reports. */
export const reportsSituations: readonly Situation<ReportsWorld>[] = [
  { name: 'each hour ends well', begin: () => undefined, raises: {} },
];
