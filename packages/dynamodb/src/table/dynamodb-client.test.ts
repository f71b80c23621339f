import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { createDynamoDbClient } from './dynamodb-client.ts';

/** Writes an item to a service that refuses so many times, and tells what came of it and how often it was asked. */
async function put(refusal: string, times: number) {
  let asked = 0;
  const server = createServer((request, response) => {
    const isRefused = asked++ < times;
    const body = isRefused ? { __type: `com.amazonaws.dynamodb.v20120810#${refusal}`, message: 'no' } : {};
    request.resume();
    response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
  const client = createDynamoDbClient({ endpoint, region: 'us-east-1', credentials });
  const outcome = await client.send(new PutItemCommand({ TableName: 't', Item: { pk: { S: 'a' } } })).then(
    () => 'written',
    ({ name }: Error) => name,
  );
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
  return { outcome, asked };
}

describe('the client of DynamoDB', function () {
  this.timeout(20_000);

  it('makes a write again that a transaction stood in the way of', async () => {
    expect(await put('TransactionConflictException', 3)).to.deep.equal({ outcome: 'written', asked: 4 });
  });

  it('does not do so without end', async () => {
    const outcome = 'TransactionConflictException';
    expect(await put(outcome, 99)).to.deep.equal({ outcome, asked: 6 });
  });

  it('tells at once of a condition that failed', async () => {
    const outcome = 'ConditionalCheckFailedException';
    expect(await put(outcome, 1)).to.deep.equal({ outcome, asked: 1 });
  });
});
