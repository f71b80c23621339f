import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { askReport } from './ask-report.ts';
import { makeAddress, makeLink } from './make-address.ts';
import { makeDelivery } from './make-delivery.ts';
import { useWeir } from './shared-weir.ts';

const run = promisify(execFile);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function textOf(markup: string): string {
  return markup.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** The blocks of the page under a heading. */
function blocksOf(page: string, heading: string): string[] {
  const blocks = page.matchAll(/<h5>([^<]*)<\/h5><pre[^>]*><code>(.*?)<\/code>/gs);
  return [...blocks].filter(([, title]) => title === heading).map(([, , code = '']) => textOf(code));
}

/** The status of the answer to a request that is pasted into a shell with these variables. */
async function paste(request: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const silent = request.replace(/^curl /, "curl -s -o /dev/null -w '%{http_code}' ");
  const { stdout } = await run('sh', ['-euc', silent], { env: { PATH: process.env.PATH, ...variables } });
  return stdout;
}

const AUDITED_DATE = '2025-11-24';

describe('the page of the API, as it is served,', function () {
  this.timeout(60_000);
  const weir = useWeir();

  async function send(method: string, path: string, body?: object): Promise<string> {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return (await weir.doors.call(path, { method, ...json })).body.id;
  }

  /** Makes what each variable names. Some requests remove it, so it is made for each request that has the variable. */
  const makers: Readonly<Record<string, () => Promise<string> | string>> = {
    KEY: () => weir.doors.key,
    ACTION: () => 'checkout',
    USER_ID: async () => {
      await send('PUT', '/users/page%20user', { name: 'Zoë' });
      return 'page%20user';
    },
    ID_OF_KEY: () => send('POST', '/keys', { name: 'page', scopes: ['metrics:read'] }),
    ID_OF_ERASURE: () => send('DELETE', '/users/erased%20user'),
    ID_OF_REPORT: () => askReport(weir.doors),
    DATE: async () => {
      await weir.doors.putAudit(AUDITED_DATE);
      return AUDITED_DATE;
    },
    ID_OF_ALERT: () => send('POST', '/alerts', { name: 'page', action: 'a', comparison: 'above', threshold: 1 }),
    ID_OF_WEBHOOK: async () => (await makeDelivery(weir.doors)).id,
    ID_OF_ADDRESS: async () => (await makeAddress(weir.doors)).id,
    TOKEN: async () => (await makeLink(weir.doors)).token,
    DELIVERY_ID: async () => (await makeDelivery(weir.doors)).deliveryId,
  };

  async function makeVariables(request: string): Promise<Record<string, string>> {
    const used = Object.entries(makers).filter(([name]) => new RegExp(`\\$${name}\\b`).test(request));
    const made: Record<string, string> = {};
    for (const [name, make] of used) made[name] = await make();
    return made;
  }

  it('has requests that succeed unchanged, after its variables are set', async () => {
    const page = (await weir.doors.call('/docs')).body;
    const requests = blocksOf(page, 'Request');
    expect(requests).to.have.lengthOf.above(10);
    const [assignments = ''] = blocksOf(page, 'Before you paste');
    expect(assignments.split('\n').map((line) => line.split('=')[0])).to.have.members(Object.keys(makers));
    for (const request of requests) expect(await paste(request, await makeVariables(request)), request).to.match(/^2/);
  });
});
