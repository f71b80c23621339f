import { expect } from 'chai';
import type { OperationName } from '../../packages/client/src/calls/build-request.ts';
import { type Client, createClient, ProblemError } from '../../packages/client/src/index.ts';
import { createAnswerCheck } from '../../services/api/src/testing/answer-check.ts';
import { eventText } from './bad-records.ts';
import { type Document, type Placed, pathValues, placedOperations, queryValues } from './operation-examples.ts';
import { useWeir } from './shared-weir.ts';

const ACTION = 'client.sent';

/** The body of an answer as it was on the wire, approximately. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}

describe('@weir/client', function () {
  this.timeout(60_000);
  const weir = useWeir();
  let client: Client;

  before(() => {
    const { apiUrl, key } = weir.doors;
    client = createClient({ url: apiUrl, key });
  });

  /** What its operation takes, as the document's examples say. */
  async function inputOf(placed: Placed, { components }: Document): Promise<object> {
    const [content] = Object.values(placed.operation.requestBody?.content ?? {});
    const values = await pathValues(placed, components.schemas, weir.doors);
    return { ...values, ...queryValues(placed), ...(content && { body: content.example }) };
  }

  it('calls every operation of the served document, and gives the answer that the document describes', async () => {
    const document = (await client.getOpenApi()) as unknown as Document;
    const check = createAnswerCheck(document);
    const call = async (placed: Placed) => {
      const { method, path, operation } = placed;
      const name = operation.operationId as OperationName;
      const { status, headers, body } = await client.call(name, (await inputOf(placed, document)) as never);
      const faults = check({ path, method, status, headers: new Map(headers), body: textOf(body) });
      expect(faults, name).to.deep.equal([]);
      expect(status, name).to.be.within(200, 299);
    };
    // Each resource by itself: they wait for functions that start.
    const resources = Map.groupBy(placedOperations(document), ({ path }) => path.split('/')[1]);
    await Promise.all(
      [...resources.values()].map(async (operations) => {
        for (const placed of operations) await call(placed);
      }),
    );
  });

  it('gives problems by their names', async () => {
    const error = await client.getAlert({ id: 'nobody' }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ProblemError).and.include({ problem: 'resource-not-found', status: 404 });
    const { apiUrl } = weir.doors;
    const stranger = createClient({ url: apiUrl, key: 'weir_nobody' });
    expect(await stranger.listActions().catch((thrown: unknown) => thrown)).to.include({ problem: 'unauthorized' });
  });

  it('lists more than a page', async () => {
    const made = await Promise.all(
      ['1', '2', '3'].map((name) => client.putUser({ userId: `client ${name}`, body: { name } })),
    );
    const listed: string[] = [];
    for await (const { userId } of client.items('listUsers', { limit: 2 })) listed.push(userId);
    expect(listed).to.include.members(made.map(({ userId }) => userId));
    expect(new Set(listed).size).to.equal(listed.length);
  });

  it('sends each event once, although the answers to some requests are lost', async () => {
    const { apiUrl, key, settle, count } = weir.doors;
    let requests = 0;
    const lossy: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      requests += 1;
      if (requests % 2 === 1) throw new TypeError('the answer is lost');
      return response;
    };
    const sender = createClient({ url: apiUrl, key, fetch: lossy }).sender({
      onGivenUp: ({ error }) => expect.fail(error.message),
    });
    const before = await count(ACTION);
    for (let at = 0; at < 1_200; at++) await sender.send({ userId: `u${at % 7}`, action: ACTION });
    await sender.close();
    await settle();
    expect(requests).to.be.above(3);
    expect(await count(ACTION)).to.equal(before + 1_200);
  });

  it('shows live rows, those that are there and then each one as it changes', async () => {
    const { apiUrl, pushUrl, key, post, settle } = weir.doors;
    const action = 'client.live';
    const send = () => post(`{"events":[${eventText(action, {})}]}`);
    await send();
    await settle();
    const counts: number[] = [];
    for await (const row of createClient({ url: apiUrl, key, pushUrl }).live({ actions: [action], interval: 'day' })) {
      counts.push(row.count);
      if (row.count === 3) break;
      await send();
    }
    expect(counts).to.deep.equal([1, 2, 3]);
  });
});
