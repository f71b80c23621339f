import { contextOfRequest, type GatewayRequest, headerValue, renderTemplate } from './gateway-context.ts';
import type { GatewayAnswer } from './gateway-response.ts';
import type { MockEvent } from './http-event.ts';

/** A request that API Gateway may answer by itself. */
export interface MockRequest extends GatewayRequest {
  /** The content type of the body; undefined if there is no body. */
  readonly contentType?: string;
}

/**
 * Answers as API Gateway does by itself. Undefined if API Gateway refuses the body, because the event has no template
 * for its type. API Gateway takes a body without a type for JSON (API Gateway, "Method request behavior for payloads
 * without mapping templates").
 */
export function answerMock({ request, response }: MockEvent, given: MockRequest): GatewayAnswer | undefined {
  const type = given.contentType?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  const [answer] = Object.entries(response.statusCodes);
  if (answer === undefined || !Object.hasOwn(request.template, type)) return undefined;
  const [status, { template }] = answer;
  const context = contextOfRequest(given);
  const headers = Object.entries(response.headers).map(([name, value]) => [name, headerValue(value, context)]);
  return { status: Number(status), headers: Object.fromEntries(headers), body: renderTemplate(template, context) };
}
