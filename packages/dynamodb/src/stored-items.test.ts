import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { createDynamoAlertsStore } from './alerts-store/dynamo-alerts-store.ts';
import { createDynamoAuditsStore } from './audits-store/dynamo-audits-store.ts';
import { createDynamoAvatarUploadsStore } from './avatar-uploads/dynamo-avatar-uploads-store.ts';
import { createErasureStore } from './erasures-store/dynamo-erasure-store.ts';
import { createPassStore } from './erasures-store/dynamo-pass-store.ts';
import { createDynamoJobsStore } from './jobs-store/dynamo-jobs-store.ts';
import { storedTurns, turnsKey } from './jobs-store/job-item.ts';
import { createDynamoKeysStore } from './keys-store/dynamo-keys-store.ts';
import { createDynamoMetricsStore } from './metrics-store/dynamo-metrics-store.ts';
import { createDynamoReportsStore } from './reports-store/dynamo-reports-store.ts';
import { scriptedTable } from './testing/scripted-table.ts';
import { createDynamoUsersStore } from './users-store/dynamo-users-store.ts';

type Item = Record<string, AttributeValue>;

/** A table that answers every read with this item. */
function tableWith(item: Item) {
  const asked: string[] = [];
  const { access } = scriptedTable((input: { Key?: Item; ExpressionAttributeValues?: Item }) => {
    const { pk, sk } = input.Key ?? {};
    asked.push(pk ? `${pk.S} / ${sk?.S}` : `${input.ExpressionAttributeValues?.[':pk']?.S}`);
    return { Item: item, Items: [item], Responses: { table: [item] } };
  });
  return { access, asked };
}

async function firstOf<T>(list: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of list) return item;
  return undefined;
}

// Items as they are in tables today, written by hand: a store that no longer reads one of them breaks a stage that has
// data. A change adds another item; these stay.
describe('an item that is stored already', () => {
  it('of a log is read, with and without a watermark', async () => {
    const item = { pk: { S: 'logs' }, sk: { S: '1768480200.2' }, parents: { L: [{ S: '1768480200.0' }] } };
    const fresh = tableWith(item);
    expect(await createDynamoMetricsStore(fresh.access).find('1768480200.2')).to.deep.equal({
      logId: '1768480200.2',
      parents: ['1768480200.0'],
      watermark: { number: -1, position: undefined, arrival: undefined },
    });
    expect(fresh.asked).to.deep.equal(['logs / 1768480200.2']);
    const folded = {
      ...{ ...item, folded: { N: '12' }, sequenceNumber: { S: '495434' }, positionIndex: { N: '3' } },
      arrival: { N: '1768480200123' },
    };
    const [log] = await createDynamoMetricsStore(tableWith(folded).access).list();
    expect(log?.watermark).to.deep.equal({
      ...{ number: 12, position: { sequenceNumber: '495434', index: 3 }, arrival: 1_768_480_200_123 },
    });
  });

  it('of a row is read, one that was emptied too', async () => {
    const item = {
      pk: { S: 'hour#buy' },
      sk: { S: '0491244#1.0' },
      upTo: { N: '12.5' },
      body: { B: Uint8Array.of(1, 0) },
    };
    const { access, asked } = tableWith(item);
    const expected = [
      { key: { kind: 'hour', subject: 'buy', bucket: 491_244, logId: '1.0' }, upTo: 12.5, body: Uint8Array.of(1, 0) },
    ];
    const store = createDynamoMetricsStore(access);
    expect(await store.queryRows({ kind: 'hour', subject: 'buy', from: 491_244, to: 491_244 })).to.deep.equal(expected);
    expect(await store.readRows([{ kind: 'hour', subject: 'buy', bucket: 491_244, logId: '1.0' }])).to.deep.equal(
      expected,
    );
    expect(asked[0]).to.equal('hour#buy');
  });

  it('of a slot, a secret and a run is read', async () => {
    const slot = tableWith({ pk: { S: 'actions' }, sk: { S: '000004' }, action: { S: 'buy' } });
    expect(await createDynamoMetricsStore(slot.access).readSlots(3)).to.deep.equal(['buy']);
    const run = tableWith({
      ...{ pk: { S: 'archive#1.0' }, sk: { S: '0000000040' }, to: { N: '52' }, hour: { N: '491244' } },
      ...{ digest: { S: '0f0f' }, swept: { BOOL: true } },
    });
    expect(await createDynamoMetricsStore(run.access).findRun('1.0', 40)).to.deep.equal({
      ...{ logId: '1.0', from: 40, to: 52, hour: 491_244, digest: '0f0f', swept: true },
    });
    expect(run.asked).to.deep.equal(['archive#1.0 / 0000000040']);
  });

  it('of the progress is read', async () => {
    const item = { pk: { S: 'progress' }, sk: { S: 'progress' }, closedUpTo: { N: '1764000000000' }, at: { N: '9' } };
    const { access, asked } = tableWith(item);
    expect(await createDynamoMetricsStore(access).readProgress()).to.deep.equal({
      closedUpTo: 1_764_000_000_000,
      at: 9,
    });
    expect(asked).to.deep.equal(['progress']);
  });

  it('of a key is read, one without anything that may be left out too', async () => {
    const least = {
      ...{ pk: { S: 'keys' }, sk: { S: 'k1' }, hash: { S: 'h' }, name: { S: 'n' }, createdBy: { S: 'bootstrap' } },
      ...{ createdAt: { N: '7' }, scopes: { L: [{ S: 'events:write' }] }, makers: { L: [] } },
    };
    const base = {
      ...{ id: 'k1', hash: 'h', name: 'n', createdBy: 'bootstrap', createdAt: 7, scopes: ['events:write'], makers: [] },
      ...{ actionPrefixes: undefined, expiresAt: undefined, lastUsedAt: undefined },
      ...{ removedAt: undefined, removedBy: undefined },
    };
    const { access, asked } = tableWith(least);
    expect(await createDynamoKeysStore(access).find('k1')).to.deep.equal(base);
    expect(asked).to.deep.equal(['keys / k1']);
    const whole = {
      ...{ ...least, actionPrefixes: { L: [{ S: 'shop.' }] }, validUntil: { N: '99' }, lastUsedAt: { N: '8' } },
      ...{ removedAt: { N: '9' }, removedBy: { S: 'k0' }, makers: { L: [{ S: 'k8' }, { S: 'k9' }] } },
      ...{ treeRemovedAt: { N: '9' }, treeRemovedBy: { S: 'k0' } },
    };
    expect(await createDynamoKeysStore(tableWith(whole).access).find('k1')).to.deep.equal({
      ...{ ...base, actionPrefixes: ['shop.'], expiresAt: 99, lastUsedAt: 8, removedAt: 9, removedBy: 'k0' },
      makers: ['k8', 'k9'],
    });
    const trees = await createDynamoKeysStore(tableWith(whole).access).findRemovedTrees(['k1']);
    expect([...trees]).to.deep.equal([['k1', { at: 9, by: 'k0' }]]);
  });

  it('of a user is read, with an avatar and without', async () => {
    const item = {
      ...{ pk: { S: 'users' }, sk: { S: 'u_1' }, profile: { S: '{"name":"Zoë","attributes":{"big":1e300}}' } },
      ...{ createdAt: { N: '7' }, updatedAt: { N: '8' }, version: { S: 'v1' } },
    };
    const user = {
      ...{ userId: 'u_1', profile: { name: 'Zoë', attributes: { big: 1e300 } }, avatar: undefined },
      ...{ createdAt: 7, updatedAt: 8, version: 'v1' },
    };
    const { access, asked } = tableWith(item);
    expect(await createDynamoUsersStore(access).find('u_1')).to.deep.equal(user);
    expect(asked).to.deep.equal(['users / u_1']);
    const avatar = { M: { status: { S: 'ready' }, bytes: { N: '12' }, isSquare: { BOOL: false } } };
    expect(await createDynamoUsersStore(tableWith({ ...item, avatar }).access).find('u_1')).to.deep.equal({
      ...user,
      avatar: { status: 'ready', bytes: 12, isSquare: false },
    });
  });

  it('of an upload is read, also of one that belongs to nobody', async () => {
    const item = {
      ...{ pk: { S: 'avatar#o/1' }, sk: { S: 'up1' }, userId: { S: 'u_1' }, contentType: { S: 'image/png' } },
      ...{ bytes: { N: '12' }, expiresAt: { N: '1764000000' } },
    };
    const upload = {
      ...{ owner: 'o/1', uploadId: 'up1', userId: 'u_1', contentType: 'image/png', bytes: 12 },
      keptUntil: 1_764_000_000_000,
    };
    const { access, asked } = tableWith(item);
    const name = { owner: 'o/1', uploadId: 'up1' };
    expect(await createDynamoAvatarUploadsStore(access).find(name)).to.deep.equal(upload);
    expect(asked).to.deep.equal(['avatar#o/1 / up1']);
    const { userId: _user, ...forgotten } = item;
    const found = await createDynamoAvatarUploadsStore(tableWith(forgotten).access).find(name);
    expect(found).to.deep.equal({ ...upload, userId: undefined });
  });

  it('of an erasure is read, and its place in the queue', async () => {
    const item = {
      ...{ pk: { S: 'erasures' }, sk: { S: 'e1' }, userHash: { S: 'h' }, status: { S: 'done' }, step: { S: 'last' } },
      ...{ requestedAt: { N: '100' }, renewedAt: { N: '150' }, until: { N: '200' }, dueAt: { N: '300' } },
      ...{ tries: { N: '1' }, revision: { N: '4' }, countedPass: { N: '2' }, finishedAt: { N: '400' } },
      ...{ 'items archive': { N: '5' }, 'objects archive': { N: '2' }, 'at archive': { N: '350' } },
    };
    const { access, asked } = tableWith(item);
    expect(await createErasureStore(access).find('e1')).to.deep.equal({
      ...{ id: 'e1', userId: undefined, userHash: 'h', status: 'done', step: 'last', requestedAt: 100 },
      ...{ renewedAt: 150, until: 200, dueAt: 300, tries: 1, revision: 4, countedPass: 2, finishedAt: 400 },
      places: { archive: { items: 5, objects: 2, at: 350 } },
    });
    expect(asked).to.deep.equal(['erasures / e1']);
    const queued = tableWith({
      ...{ pk: { S: 'erasures-waiting' }, sk: { S: '001764000000000#e1' } },
      ...{ step: { S: 'closed' }, until: { N: '200' }, revision: { N: '4' } },
    });
    expect(await firstOf(createErasureStore(queued.access).listDue(2 ** 42))).to.deep.equal({
      ...{ id: 'e1', revision: 4, step: 'closed', until: 200, dueAt: 1_764_000_000_000 },
    });
    const open = tableWith({ pk: { S: 'erasing' }, sk: { S: 'u_1' }, erasureId: { S: 'e1' } });
    expect(await createErasureStore(open.access).findOf('u_1')).to.equal('e1');
    expect(open.asked).to.deep.equal(['erasing / u_1']);
  });

  it('of a pass is read, its members, and what it counted', async () => {
    const pass = {
      ...{ pk: { S: 'erasure-pass' }, sk: { S: 'newest' }, number: { N: '3' }, phase: { S: 'walking' } },
      ...{ execution: { S: 'x1' }, beganAt: { N: '50' }, memberList: { S: 'abcd' }, memberParts: { N: '1' } },
      ...{ area: { N: '1' }, after: { S: 'a/b' }, waitingHour: { N: '7' } },
    };
    const passesOf = (item: Item) => {
      const { access, asked } = tableWith(item);
      return { asked, passes: createPassStore({ ...access, metricsTable: 'metrics' }) };
    };
    const found = {
      ...{ number: 3, phase: 'walking' as const, execution: 'x1', beganAt: 50, members: { name: 'abcd', parts: 1 } },
      walked: { area: 1, after: 'a/b', waitingHour: 7, failingHour: undefined },
    };
    const newest = passesOf(pass);
    expect(await newest.passes.find()).to.deep.equal(found);
    expect(newest.asked).to.deep.equal(['erasure-pass / newest']);
    const members = passesOf({ members: { S: '[["e1",4],["e2",0]]' } });
    expect(await members.passes.listMembers(found)).to.deep.equal([
      { id: 'e1', revision: 4 },
      { id: 'e2', revision: 0 },
    ]);
    expect(members.asked).to.deep.equal(['erasure-members#3 / abcd#0']);
    const counts = passesOf({ place: { S: 'archive' }, key: { S: 'k' }, counts: { S: '[[0,3],[2,1]]' } });
    expect(await firstOf(counts.passes.listCounts(3))).to.deep.equal({
      ...{ place: 'archive', key: 'k' },
      counts: new Map([
        [0, 3],
        [2, 1],
      ]),
    });
    expect(counts.asked).to.deep.equal(['erasure-counts#3']);
  });

  it('of a report is read, and the next day of the schedule', async () => {
    const item = {
      ...{
        pk: { S: 'reports#daily' },
        sk: { S: '2026-01-20' },
        timeZone: { S: 'UTC' },
        from: { N: '1' },
        to: { N: '2' },
      },
      ...{ revision: { N: '2' }, finished: { N: '1' }, factsDigest: { S: 'f' }, draft: { S: 'd' }, owner: { S: 'o' } },
      ...{ leaseUntil: { N: '9' }, createdAt: { N: '7' }, revisedAt: { N: '8' }, holdsUsers: { BOOL: true } },
      laterRevisions: {
        L: [{ M: { revision: { N: '2' }, changes: { N: '3' }, toldIn: { S: 'daily-2026-01-21' } } }],
      },
    };
    const { access, asked } = tableWith(item);
    expect(await createDynamoReportsStore(access).find('daily-2026-01-20')).to.deep.equal({
      ...{ kind: 'daily', id: 'daily-2026-01-20', timeZone: 'UTC', from: 1, to: 2, revision: 2, finished: 1 },
      ...{ factsDigest: 'f', draft: 'd', owner: 'o', leaseUntil: 9, createdAt: 7, claimedAt: 8, revisedAt: 8 },
      holdsUsers: true,
      laterRevisions: [{ revision: 2, changes: 3, toldIn: 'daily-2026-01-21' }],
    });
    expect(asked).to.deep.equal(['reports#daily / 2026-01-20']);
    const schedule = tableWith({ pk: { S: 'schedule' }, sk: { S: 'daily' }, nextDay: { S: '2026-01-21' } });
    expect(await createDynamoReportsStore(schedule.access).findNextDay()).to.equal('2026-01-21');
    expect(schedule.asked).to.deep.equal(['schedule / daily']);
  });

  it('of a job is read, with the turns of its key', async () => {
    const waiting = {
      ...{ pk: { S: 'jobs#funnel' }, sk: { S: '1' }, keyId: { S: 'k1' }, status: { S: 'queued' }, phases: { L: [] } },
      question: { S: '{"kind":"funnel","from":1,"to":2,"timeZone":"UTC","steps":["a","b"],"windowSeconds":60}' },
      ...{ createdAt: { N: '3' }, progressAt: { N: '3' }, expiresAt: { N: '7776001' } },
    };
    const question = {
      ...{ kind: 'funnel', from: 1, to: 2, timeZone: 'UTC', actions: undefined, steps: ['a', 'b'], windowSeconds: 60 },
    };
    const made = { id: 'funnel-1', question, keyId: 'k1', createdAt: 3, progressAt: 3 };
    const none = { reason: undefined, cut: undefined, cutAt: undefined, sentAt: undefined, endedAt: undefined };
    const { access, asked } = tableWith(waiting);
    const job = { ...made, ...none, status: 'queued', phases: [], done: new Set() };
    expect(await createDynamoJobsStore(access).find('funnel-1')).to.deep.equal(job);
    expect(asked).to.deep.equal(['jobs#funnel / 1']);
    const failed = {
      ...{ ...waiting, status: { S: 'failed' }, reason: { S: 'stalled' }, cut: { S: 'c1' }, cutAt: { N: '4' } },
      ...{ phases: { L: [{ N: '2' }, { N: '1' }] }, done: { NS: ['0', '2'] }, sentAt: { N: '5' }, endedAt: { N: '9' } },
    };
    expect(await createDynamoJobsStore(tableWith(failed).access).find('funnel-1')).to.deep.equal({
      ...{ ...made, status: 'failed', reason: 'stalled', cut: 'c1', cutAt: 4, phases: [2, 1], done: new Set([0, 2]) },
      ...{ sentAt: 5, endedAt: 9 },
    });
    const turns = {
      ...{ pk: { S: 'job-turns' }, sk: { S: 'k1' }, version: { N: '7' }, expiresAt: { N: '7776001' } },
      ...{ running: { L: [{ S: 'funnel-1' }] }, waiting: { L: [{ S: 'summary-2' }] } },
    };
    expect(storedTurns(turns, 'k1')).to.deep.equal({
      keyId: 'k1',
      version: 7,
      running: ['funnel-1'],
      waiting: ['summary-2'],
    });
    expect(turnsKey('k1')).to.deep.equal({ pk: 'job-turns', sk: 'k1' });
  });

  it('of a request for a job is read', async () => {
    const request = { pk: { S: 'job-requests' }, sk: { S: 'r1' }, askedAt: { N: '4' }, expiresAt: { N: '86401' } };
    const { access, asked } = tableWith(request);
    expect(await createDynamoJobsStore(access).firstAsked('r1', 5)).to.equal(4);
    expect(asked).to.deep.equal(['job-requests / r1']);
  });

  it('of an audit is read', async () => {
    const findings = {
      ...{ heads: { '1.0': { number: 3, position: { sequenceNumber: '49', index: 2 } }, '1.1': { number: -1 } } },
      ...{
        missingObjects: ['k'],
        buckets: [{ action: 'a', unit: 'day', start: 0, field: 'sum', stored: '1', archived: '2' }],
      },
    };
    const item = {
      ...{ pk: { S: 'audits' }, sk: { S: '2026-01-20' }, timeZone: { S: 'UTC' }, from: { N: '1' }, to: { N: '2' } },
      ...{ asOf: { N: '3' }, status: { S: 'drift' }, drift: { N: '2' }, file: { S: 'f' }, auditedAt: { N: '4' } },
      findings: { S: JSON.stringify(findings) },
    };
    const { access, asked } = tableWith(item);
    expect(await createDynamoAuditsStore(access).find('2026-01-20')).to.deep.equal({
      ...{ date: '2026-01-20', timeZone: 'UTC', from: 1, to: 2, asOf: 3, status: 'drift', drift: 2, file: 'f' },
      ...{ ...findings, auditedAt: 4, heads: { ...findings.heads, '1.1': { number: -1, position: undefined } } },
    });
    expect(asked).to.deep.equal(['audits / 2026-01-20']);
  });

  it('of a rule is read, its firings, and how far the rules are evaluated', async () => {
    const rule = {
      ...{ name: 'n', action: 'shop.*', field: 'count', interval: 'hour', comparison: 'above', lateSeconds: 60 },
      ...{ relative: { to: 'week', percent: 50, minCount: 20 }, repeat: 'cooldown', cooldownSeconds: 600 },
      ...{ enabled: true, mutedUntil: 9, channels: [{ type: 'email', to: 'a@b.example' }], since: 3_600_000 },
      ...{ createdAt: 7, updatedAt: 8 },
    };
    const state = { version: 4, episode: { bucket: 1, latest: 2, told: 1 }, lastNotifiedAt: 3 };
    const item = {
      ...{ pk: { S: 'alerts' }, sk: { S: 'a1' }, rule: { S: JSON.stringify(rule) }, revision: { N: '2' } },
      ...{ state: { S: JSON.stringify(state) }, version: { N: '4' } },
    };
    const { access, asked } = tableWith(item);
    expect(await createDynamoAlertsStore(access).find('a1')).to.deep.equal({ ...rule, id: 'a1', revision: 2, state });
    expect(asked).to.deep.equal(['alerts / a1']);
    const firing = { id: 'a1-60000', alertId: 'a1', value: 3, bucket: { start: 60_000, end: 120_000 } };
    const fired = tableWith({
      ...{ pk: { S: 'firings#a1' }, sk: { S: '000000000060000' }, firing: { S: JSON.stringify(firing) } },
      ...{ recovery: { S: '{"value":12,"recoveredAt":5}' }, expiresAt: { N: '9' } },
    });
    const found = { ...firing, recovery: { value: 12, recoveredAt: 5 } };
    expect(await createDynamoAlertsStore(fired.access).findFiring('a1', 60_000)).to.deep.equal(found);
    expect(fired.asked).to.deep.equal(['firings#a1 / 000000000060000']);
    const cursor = tableWith({
      ...{ pk: { S: 'progress' }, sk: { S: 'evaluated#0' }, evaluatedUpTo: { N: '5' }, at: { N: '6' } },
      // For each: the length of its id, the id, the bucket and the time in seconds, and the value.
      last: { B: Uint8Array.of(1, 2, 97, 49, 0, 0, 0, 60, 0, 0, 0, 180, 0x40, 4, 0, 0, 0, 0, 0, 0) },
    });
    const moved = {
      ...{ evaluatedUpTo: 5, at: 6 },
      lastEvaluated: new Map([['a1', { bucket: 60_000, value: 2.5, at: 180_000 }]]),
    };
    expect(await createDynamoAlertsStore(cursor.access).readCursor()).to.deep.equal(moved);
    // The same in a block of deflate: whether it is the last one, its length, and that length with its bits turned.
    const row = [2, 97, 49, 0, 0, 0, 60, 0, 0, 0, 180, 0x40, 4, 0, 0, 0, 0, 0, 0];
    const deflated = tableWith({
      ...{ pk: { S: 'progress' }, sk: { S: 'evaluated#0' }, evaluatedUpTo: { N: '5' }, at: { N: '6' } },
      last: { B: Uint8Array.of(2, 1, 19, 0, 236, 255, ...row) },
    });
    expect(await createDynamoAlertsStore(deflated.access).readCursor()).to.deep.equal(moved);
    expect(cursor.asked).to.deep.equal(['progress / evaluated#0']);
  });
});
