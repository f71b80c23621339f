import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

// Answers every DynamoDB request at once with the shortest valid answer. It runs in a process of its own, so that the
// client's CPU is measured without the server's.

const server = createServer(async (request, response) => {
  const body = await text(request);
  const isBatch = String(request.headers['x-amz-target']).endsWith('BatchExecuteStatement');
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(isBatch ? JSON.stringify({ Responses: JSON.parse(body).Statements.map(() => ({})) }) : '{}');
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
