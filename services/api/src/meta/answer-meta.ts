import type { DocumentView } from '../docs-page/open-api.ts';
import { CONTENT_SECURITY_POLICY, renderPage } from '../docs-page/page.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import { baseUrlOf } from '../http/requests/base-url.ts';
import type { RouteInput } from '../http/route.ts';
import type { Part } from '../openapi/parts/schema-parts.ts';
import { withServer } from '../openapi/parts/with-server.ts';

type AnswerMeta = (input: RouteInput) => Promise<ApiResponse>;

/** Answers `GET /v1/health`. It shows that the function runs, and calls no other service. */
export function createAnswerHealth(stage: string): AnswerMeta {
  return async () => json(200, { status: 'ok', service: 'api', stage });
}

/** Answers `GET /v1/openapi.json`. The document's server is the address of this request. */
export function createAnswerOpenApi(document: Part): AnswerMeta {
  return async ({ request }) =>
    json(200, withServer(document, baseUrlOf(request)), { 'cache-control': 'public, max-age=300' });
}

/** Answers `GET /v1/docs`: the document as a page, rendered at the first request for an address. */
export function createAnswerDocs(document: Part): AnswerMeta {
  let last: { readonly baseUrl: string; readonly page: string } | undefined;
  return async ({ request }) => {
    const baseUrl = baseUrlOf(request);
    // A stage has one address, or two if it has a domain of its own.
    if (last?.baseUrl !== baseUrl) {
      last = { baseUrl, page: renderPage(withServer(document, baseUrl) as unknown as DocumentView) };
    }
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
      body: last.page,
    };
  };
}
