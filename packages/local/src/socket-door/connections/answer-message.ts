import type { InvokeFunction } from '../../api-door/proxy/invoke-function.ts';
import { readProxyResult } from '../../api-door/proxy/proxy-result.ts';
import { errorBody } from '../api/error-body.ts';
import { findSocketRoute } from '../api/find-socket-route.ts';
import { type MockRoute, renderMock } from '../api/mock-route.ts';
import type { SocketApi } from '../api/socket-api.ts';
import { type EventSource, messageEvent } from '../api/socket-event.ts';

/**
 * Takes a message to the function of its route, or answers it by the route's mock. Returns what the client gets: the
 * function's body or the mock's if the route has a response, an error if there is no route or the function fails, and else
 * nothing.
 */
export async function answerMessage(
  { text, source }: { readonly text: string; readonly source: EventSource },
  api: SocketApi | undefined,
  invoke: InvokeFunction,
): Promise<Buffer | undefined> {
  const route = api && findSocketRoute(api, text);
  if (route === undefined) return errorMessage(api === undefined ? 'Internal server error' : 'Forbidden', source);
  if ('answer' in route) return answerOfMock(route, source);
  const invocation = await invoke(route.target, messageEvent(text, route.key, source));
  const answer = invocation.outcome === 'returned' ? readProxyResult(invocation.value) : undefined;
  if (answer === undefined) {
    const isLate = invocation.outcome === 'timed-out';
    return errorMessage(isLate ? 'Endpoint request timed out' : 'Internal server error', source);
  }
  return route.hasResponse && answer.body.length > 0 ? answer.body : undefined;
}

function answerOfMock({ key, answer }: MockRoute, source: EventSource): Buffer | undefined {
  return answer === undefined ? undefined : Buffer.from(renderMock(answer, key, source));
}

function errorMessage(message: string, { client, requestId }: EventSource): Buffer {
  return Buffer.from(errorBody({ message, connectionId: client.id, requestId }));
}
