import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { keepAnswers } from './kept-answers.ts';

describe('keepAnswers', () => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    request.resume().on('end', () => response.end(JSON.stringify({ Item: { n: { N: String(asked) } } })));
  });
  before((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  after(() => server.close());

  it('repeats the answer to the same request in the same phase, without the network', async () => {
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const kept = keepAnswers(client);
    const ask = async (phase: string) => {
      kept.phase = phase;
      const { Item } = await client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'k' } } }));
      return Item?.n?.N;
    };
    expect([await ask('one'), await ask('two')]).to.deep.equal(['1', '2']);
    kept.replay = true;
    expect([await ask('one'), await ask('two'), await ask('one')]).to.deep.equal(['1', '2', '1']);
    expect(asked).to.equal(2);
    client.destroy();
  });
});
