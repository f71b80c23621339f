import { expect } from 'chai';
import { answer, FakeApi } from '../testing/fake-api.ts';
import { callOperation } from './call-operation.ts';
import { listItems } from './list-items.ts';

const PAGES: Readonly<Record<string, object>> = {
  '/v1/actions?limit=2': { items: ['a', 'b'], cursor: '2' },
  '/v1/actions?limit=2&cursor=2': { items: [], cursor: '3' },
  '/v1/actions?limit=2&cursor=3': { items: ['c'] },
};

describe('listItems', () => {
  function open() {
    const api = new FakeApi(({ url }) => answer(200, PAGES[url.slice('https://weir.example'.length)]));
    const call = (name: 'listActions', input: object) => callOperation(api.deps, { name, input });
    return { api, items: listItems(call, { name: 'listActions', input: { limit: 2 } }) };
  }

  it('gives the items of all pages, an empty page in between too', async () => {
    const found: unknown[] = [];
    for await (const item of open().items) found.push(item);
    expect(found).to.deep.equal(['a', 'b', 'c']);
  });

  it('asks for a page when its first item is wanted, and for no more when the reader leaves', async () => {
    const { api, items } = open();
    for await (const item of items) if (String(item) === 'b') break;
    expect(api.sent).to.have.length(1);
  });
});
