import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

describe('the lists of rules, endpoints and addresses', function () {
  this.timeout(60_000);
  const weir = useWeir();
  const bodies: Readonly<Record<string, (at: number) => object>> = {
    '/alerts': () => ({ name: 'listed', action: 'lists.a', comparison: 'above', threshold: 1 }),
    '/webhooks': () => ({ url: 'http://127.0.0.1:9/', events: ['alert.fired'] }),
    '/addresses': (at) => ({ address: `listed-${at}@shop.example`, receives: [] }),
  };

  for (const [path, bodyOf] of Object.entries(bodies)) {
    it(`go on by their cursors: ${path}`, async () => {
      const make = (at: number) => {
        const json = { body: JSON.stringify(bodyOf(at)), headers: { 'content-type': 'application/json' } };
        return weir.doors.call(path, { method: 'POST', ...json });
      };
      const made = [await make(0), await make(1)];
      expect(made.map(({ status }) => status)).to.deep.equal([201, 201]);
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const more = cursor === undefined ? '' : `&cursor=${cursor}`;
        const { body: page } = await weir.doors.call(`${path}?limit=1${more}`);
        expect(page.items).to.have.length(1);
        found.push(page.items[0].id);
        cursor = page.cursor;
      } while (cursor !== undefined);
      const ids = made.map((answer) => answer.body.id);
      expect(found).to.include.members(ids);
      for (const id of ids) await weir.doors.call(`${path}/${id}`, { method: 'DELETE' });
    });
  }
});
