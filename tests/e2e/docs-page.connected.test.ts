import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { askReport } from './ask-report.ts';
import { makeDelivery } from './contract-fixtures.ts';
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

  /** Creates the resources that the variables name. Some requests remove them, so they are made for each request. */
  async function makeVariables(): Promise<Record<string, string>> {
    const send = async (method: string, path: string, body?: object) => {
      const init = {
        method,
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      };
      return (await weir.doors.call(path, init)).body.id;
    };
    const erasureId = await send('DELETE', '/users/page%20user');
    const keyId = await send('POST', '/keys', { name: 'page', scopes: ['metrics:read'] });
    await send('PUT', '/users/page%20user', { name: 'Zoë' });
    await weir.doors.putAudit(AUDITED_DATE);
    const { id: webhookId, deliveryId } = await makeDelivery(weir.doors);
    return {
      KEY: weir.doors.key,
      ACTION: 'checkout',
      USER_ID: 'page%20user',
      ID_OF_KEY: keyId,
      ID_OF_ERASURE: erasureId,
      ID_OF_REPORT: await askReport(weir.doors),
      DATE: AUDITED_DATE,
      ID_OF_WEBHOOK: webhookId,
      DELIVERY_ID: deliveryId,
    };
  }

  it('has requests that succeed unchanged, after its variables are set', async () => {
    const page = (await weir.doors.call('/docs')).body;
    const requests = blocksOf(page, 'Request');
    expect(requests).to.have.lengthOf.above(10);
    for (const request of requests) {
      const variables = await makeVariables();
      const [assignments = ''] = blocksOf(page, 'Before you paste');
      expect(assignments.split('\n').map((line) => line.split('=')[0])).to.have.members(Object.keys(variables));
      expect(await paste(request, variables), request).to.match(/^2/);
    }
  });
});
