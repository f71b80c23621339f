import { expect } from 'chai';
import { userPath } from '../../services/api/src/users/user-id/user-path.ts';
import { useWeir } from './shared-weir.ts';

const ACTION = 'user-ids';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Ids that an event may have, and that a path, a client or a gateway may misread. */
const odd = [
  ...[
    '.',
    '..',
    '~.',
    '~~..',
    '...',
    '~',
    '%2e',
    '%2E%2E',
    '%',
    '%25',
    '%zz',
    'a/b',
    '/',
    '//',
    '\\',
    '..\\',
    '?a=b',
    '#a',
  ],
  ...[' ', '+', ';', ':', '&', '{userId}', '\u0000', '\u0001', '\u007f', '\r\n', '\t', 'é', 'e\u0301', '\u2028'],
  ...['\u{1f600}'.repeat(256), 'x'.repeat(256), 'activity', '__proto__', '"', "'", '\ufeff', '\uffff'],
];

/** What one user did with an action on a day. */
interface Item {
  readonly action: string;
  readonly count: number;
}

describe('the ids of users', function () {
  this.timeout(120_000);
  const weir = useWeir();
  const pathOf = (userId: string) => userPath(userId).slice('/v1'.length);

  it('may be anything that an event allows: every interface finds the same person', async () => {
    const { doors } = weir;
    const events = odd.map((userId) => ({ userId, action: ACTION, timestamp: Date.now() }));
    await doors.put(events.slice(0, 5).map((event) => ({ data: JSON.stringify(event) })));
    const sent = await doors.post(JSON.stringify({ events: events.slice(5) }));
    expect(sent.body).to.deep.equal({ accepted: odd.length - 5, rejected: [] });
    await doors.settle();
    for (const userId of odd) {
      const path = pathOf(userId);
      const { body: activity } = await doors.call(`${path}/activity`);
      const counted = activity.items?.filter(({ action }: Item) => action === ACTION);
      expect(
        counted?.map(({ count }: Item) => count),
        path,
      ).to.deep.equal([1]);
      // The strange requests of another file may have made this user, or counted an event of it, in the Weir that all share.
      const isNew = (await doors.call(path)).status === 404;
      const made = await doors.call(path, { method: 'PUT', body: '{}', headers: JSON_TYPE });
      expect([made.status, made.body.userId], path).to.deep.equal([isNew ? 201 : 200, userId]);
      expect((await doors.call(path)).body.userId, path).to.equal(userId);
      expect((await doors.call(path, { method: 'DELETE' })).status, path).to.equal(202);
      expect((await doors.call(path)).status, path).to.equal(404);
      expect((await doors.call(`${path}/activity`)).body.items, path).to.deep.equal([]);
    }
  });
});
