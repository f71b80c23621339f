import type { Route } from '../http/route.ts';
import { type AuditsDeps, createAnswerAudit } from './answer-audit.ts';

/** The routes of audits. */
export function createAuditsRoutes(deps: AuditsDeps): Route[] {
  return [{ method: 'GET', path: '/v1/audits/{date}', access: 'reports:read', answer: createAnswerAudit(deps) }];
}
