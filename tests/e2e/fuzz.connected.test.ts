import { request, validateHeaderName, validateHeaderValue } from 'node:http';
import { expect } from 'chai';
import fc from 'fast-check';
import type { EventParts } from '../../services/api/src/testing/api-event.ts';
import type { Schemas } from '../../services/api/src/testing/schema-values.ts';
import { type RequestedOperation, strangeRequests } from '../../services/api/src/testing/strange-requests.ts';
import { useWeir } from './shared-weir.ts';

/**
 * Few: each route gets more in process; this test is for the parts before the functions. `npm run fuzz` sends 2,000 to
 * each route here too.
 */
const RUNS = Number(process.env.WEIR_FUZZ_RUNS ?? 20);
/** Far more than they need, for a machine that does other work too. */
const TIMEOUT_MS = 120_000 + RUNS * 1_000;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RequestedOperation>>>>;
  readonly components: { readonly schemas: Schemas };
}

interface Raw {
  readonly status: number;
  readonly contentType: string;
  readonly requestId: string;
  readonly body: string;
}

/** Leaves out everything that HTTP cannot carry. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name, value]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return true;
    } catch {
      return false;
    }
  });
  return Object.fromEntries(kept);
}

/** A request line with other characters is no HTTP: it would be refused without a reason. */
function inAscii(path: string): string {
  return path.replace(/[^!-~]/g, encodeURIComponent);
}

function queryOf({ query = {} }: EventParts): string {
  const sent = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) for (const value of [values].flat()) sent.append(name, value);
  return sent.toString();
}

/** Sends a request unchanged: no client corrects it. */
function send(url: URL, parts: EventParts, key: string): Promise<Raw> {
  const { method = 'GET', path, headers = {}, body = '', isBase64Encoded } = parts;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return new Promise((resolve, reject) => {
    const outgoing = request({
      ...{ host: '127.0.0.1', port: url.port, method, path: `${inAscii(path)}?${queryOf(parts)}` },
      headers: { ...sendable(headers), authorization: `Bearer ${key}`, 'content-length': bytes.length },
    });
    outgoing.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            requestId: String(response.headers['x-request-id'] ?? ''),
            body: Buffer.concat(chunks).toString(),
          });
        });
    });
    outgoing.end(bytes);
  });
}

describe(`strange requests through the API's door, ${RUNS} to each route,`, function () {
  this.timeout(TIMEOUT_MS);
  const weir = useWeir();

  it('give no 5xx on any route, and each error is a problem with its id', async () => {
    const document: Document = (await weir.doors.call('/openapi.json')).body;
    const { schemas } = document.components;
    const url = new URL(weir.doors.apiUrl);
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        await fc.assert(
          fc.asyncProperty(
            strangeRequests({ method, path: `${url.pathname}${path}`, operation, schemas }),
            async (parts) => {
              const answer = await send(url, parts, weir.doors.key);
              expect(answer.status, answer.body).to.be.within(200, 499);
              expect(answer.requestId).to.not.equal('');
              if (answer.status < 400) return;
              expect(answer.contentType).to.equal('application/problem+json');
              const problem = JSON.parse(answer.body);
              expect(problem).to.include({ requestId: answer.requestId }).and.to.include.keys('type', 'title');
            },
          ),
          { numRuns: RUNS },
        );
      }
    }
  });
});
