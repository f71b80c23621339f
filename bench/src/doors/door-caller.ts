import { Agent, createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import type { FromCaller, ToCaller } from './door-messages.ts';

// The program that calls the doors. It runs in a process of its own, and also answers in place of the backends.

const AT_ONCE = 32;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const BODY = JSON.stringify({ events: Array.from({ length: 20 }, (_, at) => ({ userId: `u_${at}`, action: 'a' })) });

/** The backends. Functions answer with a short body; tables and objects report success. */
const backend = createServer(async (incoming, answer) => {
  const body = await buffer(incoming);
  if (incoming.url?.startsWith('/2015-03-31/')) {
    const headers = { 'set-cookie': 'a={b}' };
    return void answer.end(JSON.stringify({ statusCode: 200, headers, body: `${body.length} bytes`.repeat(20) }));
  }
  answer.setHeader('content-type', 'application/x-amz-json-1.0');
  answer.end(JSON.stringify({ ConsumedCapacity: { TableName: 'metrics', CapacityUnits: 1 } }));
});

type Call = (doors: ToCaller, at: number) => Promise<number | string>;

interface Sent {
  readonly port: number;
  readonly line: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function send({ port, line, headers = {}, body = '' }: Sent): Promise<number> {
  const [method = '', path = ''] = line.split(' ');
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.on('error', reject).end(body);
  });
}

/** Sends bytes on a connection of their own. The connection is often cut before its end. */
async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(bytes);
  if (bytes === '') socket.destroy();
  const answer = await text(socket).catch(() => '');
  return answer.slice(9, 12) || 'cut';
}

function signed(service: string): Record<string, string> {
  return { authorization: `AWS4-HMAC-SHA256 Credential=f/20260101/us-east-1/${service}/aws4_request, Signature=0` };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PUT_ITEM = { ...signed('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.PutItem' };
const ITEM = JSON.stringify({ TableName: 'metrics', Item: { pk: { S: 'a' } } });

/** The calls of a working day, good and bad, made by turns. */
const CALLS: readonly Call[] = [
  ({ apiPort: port }, at) => send({ port, line: `GET /v1/things/${at}?a=${at}`, headers: { cookie: `a={${at}}, b` } }),
  ({ apiPort: port }) => send({ port, line: 'POST /v1/things', headers: JSON_TYPE, body: BODY }),
  ({ apiPort: port }, at) => send({ port, line: `GET /v1/kept/${at}`, headers: { authorization: `Bearer ${at}` } }),
  ({ apiPort: port }) => send({ port, line: 'POST /v1/things', headers: JSON_TYPE, body: '{"events":7}' }),
  ({ apiPort: port }) => send({ port, line: 'GET /v1/none', headers: { range: 'bytes=0-1' } }),
  ({ apiPort: port }, at) => send({ port, line: 'GET /v1/things/a', headers: { origin: `http://evil-${at}.test` } }),
  ({ apiPort: port }) => sendRaw(port, `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`),
  ({ apiPort: port }) => sendRaw(port, ''),
  ({ awsPort: port }) => send({ port, line: 'POST /', headers: PUT_ITEM, body: ITEM }),
  ({ awsPort: port }) => send({ port, line: 'PUT /bucket/key', headers: signed('s3'), body: BODY }),
  ({ awsPort: port }) => send({ port, line: 'GET /bucket/key', headers: signed('s3') }),
  ({ awsPort: port }, at) => send({ port, line: 'GET /bucket/key', headers: { host: `evil-${at}.test` } }),
];

async function callAll(doors: ToCaller): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  const numbers = Array(doors.calls).keys();
  const lane = async () => {
    for (const at of numbers) {
      const call = CALLS[at % CALLS.length] as Call;
      const status = await call(doors, at).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return statuses;
}

function tell(message: FromCaller): void {
  process.send?.(message);
}

process.on('message', async (doors: ToCaller) => tell({ kind: 'called', statuses: await callAll(doors) }));
process.once('disconnect', () => process.exit());
backend.listen(0, '127.0.0.1', () => tell({ kind: 'listening', port: (backend.address() as AddressInfo).port }));
