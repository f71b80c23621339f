import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { silentLog } from '@weir/logging';
import { createPostFrame } from '@weir/notifications/src/aws/create-post-frame.ts';
import { atOnce } from '@weir/notifications/src/calls/at-once.ts';
import { type ClientCpu, type ClientWay, measureClientCpu, type Rounds } from '../measure/client-cpu.ts';

/** What a stage posts within a second. */
export const POSTS = 500;

const FRAME = {
  ...{ type: 'rows', id: 's' },
  rows: [{ action: 'bench.push', interval: 'minute', bucket: '2026-11-30T12:34:00Z', count: 1234, users: 567 }],
};
const IDS = Array.from({ length: POSTS }, (_, at) => `${Buffer.from(`post.${at}`.padEnd(11)).toString('base64url')}=`);

/** CPU for a frame to each of the clients. */
export async function measurePosts(rounds: Rounds): Promise<Array<ClientWay & ClientCpu>> {
  return measureClientCpu((endpoint) => {
    const client = new ApiGatewayManagementApiClient({
      ...{ endpoint, region: 'us-east-1', maxAttempts: 1 },
      credentials: { accessKeyId: 'bench', secretAccessKey: 'local', sessionToken: 'token'.repeat(100) },
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true },
    });
    const post = createPostFrame({ endpoint, client, log: silentLog });
    const command = async (ConnectionId: string) => {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: JSON.stringify(FRAME) }));
    };
    const frame = async (connectionId: string) => {
      if ((await post(connectionId, FRAME)) !== 'sent') throw new Error('the server refused a post');
    };
    return [
      { way: 'PostToConnectionCommand', run: () => atOnce(IDS, command) },
      { way: 'signed and sent (chosen)', run: () => atOnce(IDS, frame) },
    ];
  }, rounds);
}
