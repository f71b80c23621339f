import { GoneException, LimitExceededException } from '@aws-sdk/client-apigatewaymanagementapi';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { createDisconnect, createPostFrame } from './socket-clients.ts';

const META = { message: 'no', $metadata: {} };

/** Clients of a WebSocket API that fails, or answers. */
function open(error?: Error) {
  const inputs: object[] = [];
  const warnings: string[] = [];
  const client = {
    send: async ({ input }: { readonly input: object }) => {
      inputs.push(input);
      if (error) throw error;
    },
  } as unknown as Parameters<typeof createDisconnect>[0];
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
  return { post: createPostFrame({ client, log }), disconnect: createDisconnect(client), inputs, warnings };
}

describe('the clients of the WebSocket API', () => {
  it('get messages as JSON', async () => {
    const { post, inputs } = open();
    expect(await post('c1', { type: 'pong' })).to.equal('sent');
    expect(inputs).to.deep.equal([{ ConnectionId: 'c1', Data: '{"type":"pong"}' }]);
  });

  it('may be gone, or not read', async () => {
    expect(await open(new GoneException(META)).post('c1', {})).to.equal('gone');
    expect(await open(new LimitExceededException(META)).post('c1', {})).to.equal('dropped');
  });

  it('miss a message that cannot be posted, and the log says so', async () => {
    const { post, warnings } = open(new Error('timeout'));
    expect(await post('c1', {})).to.equal('dropped');
    expect(warnings).to.deep.equal(['A message cannot be posted']);
  });

  it('are disconnected, once or twice', async () => {
    const { disconnect, inputs } = open();
    await disconnect('c1');
    expect(inputs).to.deep.equal([{ ConnectionId: 'c1' }]);
    await open(new GoneException(META)).disconnect('c1');
    const failed = await open(new Error('no'))
      .disconnect('c1')
      .catch((error: Error) => error.message);
    expect(failed).to.equal('no');
  });
});
