export type { LostObject } from './lines/fold-piece.ts';
export type { DaySpan } from './lines/line-fold.ts';
export type { AuditDeps, AuditedStore, WorkFolder } from './run/audit-deps.ts';
export { type Checkpoint, firstCheckpoint, isComplete } from './run/checkpoint.ts';
export { readDifferences } from './run/read-differences.ts';
export { runAudit } from './run/run-audit.ts';
