import { text } from 'node:stream/consumers';
import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Logger } from '@weir/logging';
import type { PostFrame } from '../live/post-frame.ts';

export interface PostFramesDeps {
  /** Of the WebSocket API: `https://{api}.execute-api.{region}.amazonaws.com/{stage}`. */
  readonly endpoint: string;
  /** Of `@connections`: its credentials sign, and its connections are used. */
  readonly client: Pick<ApiGatewayManagementApiClient, 'config'>;
  readonly log: Logger;
}

/**
 * Posts messages by `POST /@connections/{id}`. It never rejects: whatever else goes wrong is logged, and the message is
 * dropped. It signs and sends with the SDK's own parts, but not through a command, which takes more than twice as much CPU
 * (docs/decisions/0093).
 */
export function createPostFrame({ endpoint, client: { config }, log }: PostFramesDeps): PostFrame {
  const signer = new SignatureV4({ ...config, service: 'execute-api' });
  const requests = requestsTo(new URL(endpoint));
  return async (connectionId, message) => {
    try {
      const request = requests(connectionId, JSON.stringify(message));
      request.headers = (await signer.sign(request)).headers;
      const { response } = await config.requestHandler.handle(request);
      const answer = await text(response.body);
      if (response.statusCode === 200) return 'sent';
      if (response.statusCode === 410) return 'gone';
      // 429: there are too many requests, or the client does not read.
      if (response.statusCode !== 429) log.warn('A message cannot be posted', { status: response.statusCode, answer });
    } catch (error) {
      log.warn('A message cannot be posted', { error });
    }
    return 'dropped';
  };
}

function requestsTo({ protocol, hostname, port, host, pathname }: URL) {
  const stage = pathname.replace(/\/$/, '');
  const target = { method: 'POST', protocol, hostname, ...(port && { port: Number(port) }) };
  return (connectionId: string, body: string): HttpRequest =>
    new HttpRequest({
      ...target,
      path: `${stage}/@connections/${encodeURIComponent(connectionId)}`,
      headers: {
        host,
        'content-type': 'application/octet-stream',
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    });
}
