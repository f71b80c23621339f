export type { AuditDeps, AuditedStore, WorkFolder } from './checkpoint/audit-deps.ts';
export { type Checkpoint, firstCheckpoint, isComplete } from './checkpoint/checkpoint.ts';
export { readDifferences } from './checkpoint/read-differences.ts';
export type { LostObject } from './lines/fold-piece.ts';
export type { DaySpan } from './lines/line-fold.ts';
export { runAudit } from './run/run-audit.ts';
