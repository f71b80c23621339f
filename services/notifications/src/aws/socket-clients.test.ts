import { GoneException } from '@aws-sdk/client-apigatewaymanagementapi';
import { expect } from 'chai';
import { createDisconnect } from './socket-clients.ts';

const META = { message: 'no', $metadata: {} };

/** Clients of a WebSocket API that fails, or answers. */
function open(error?: Error) {
  const inputs: object[] = [];
  const client = {
    send: async ({ input }: { readonly input: object }) => {
      inputs.push(input);
      if (error) throw error;
    },
  } as unknown as Parameters<typeof createDisconnect>[0];
  return { disconnect: createDisconnect(client), inputs };
}

describe('the clients of the WebSocket API', () => {
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
