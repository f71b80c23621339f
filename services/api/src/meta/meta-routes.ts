import type { Route } from '../http/route.ts';
import type { Part } from '../openapi/parts/schema-parts.ts';
import { createAnswerDocs, createAnswerHealth, createAnswerOpenApi } from './answer-meta.ts';

/** The routes of the function `meta`, which need no key. */
export function createMetaRoutes({ stage, document }: { stage: string; document: Part }): Route[] {
  return [
    { method: 'GET', path: '/v1/health', access: 'open', answer: createAnswerHealth(stage) },
    { method: 'GET', path: '/v1/openapi.json', access: 'open', answer: createAnswerOpenApi(document) },
    { method: 'GET', path: '/v1/docs', access: 'open', answer: createAnswerDocs(document) },
  ];
}
