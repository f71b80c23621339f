import type { DocumentView } from '../docs-page/open-api.ts';
import { CONTENT_SECURITY_POLICY, renderPage } from '../docs-page/page.ts';
import { type ApiResponse, json } from '../http/response.ts';

/** Answers `GET /v1/health`: the function runs; it asks nobody else. */
export function createAnswerHealth(stage: string): () => Promise<ApiResponse> {
  return async () => json(200, { status: 'ok', service: 'api', stage });
}

/** Answers `GET /v1/openapi.json`. */
export function createAnswerOpenApi(document: object): () => Promise<ApiResponse> {
  return async () => json(200, document, { 'cache-control': 'public, max-age=300' });
}

/** Answers `GET /v1/docs`: the document as a page, rendered when it is first asked for. */
export function createAnswerDocs(document: object): () => Promise<ApiResponse> {
  let page: string | undefined;
  return async () => {
    page ??= renderPage(document as DocumentView);
    return {
      kind: 'response',
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'public, max-age=300',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
      body: page,
    };
  };
}
