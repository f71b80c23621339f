import { type ApiResponse, json } from '../http/response.ts';

/** Answers `GET /v1/health`: the function runs; it asks nobody else. */
export function createAnswerHealth(stage: string): () => Promise<ApiResponse> {
  return async () => json(200, { status: 'ok', service: 'api', stage });
}

/** Answers `GET /v1/openapi.json`. */
export function createAnswerOpenApi(document: object): () => Promise<ApiResponse> {
  return async () => json(200, document, { 'cache-control': 'public, max-age=300' });
}
