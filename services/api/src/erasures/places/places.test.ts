import { MemoryObjectStore } from '@weir/archive/memory';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import type { Erasure } from '@weir/dynamodb/erasures';
import { MemoryReportsStore } from '@weir/dynamodb/reports/memory';
import { createMemoryWebhooksStore } from '@weir/dynamodb/webhooks/memory';
import { expect } from 'chai';
import { createAvatarsWorld } from '../../testing/avatars-world.ts';
import { PLACE_OF_AREA } from '../archive/walk-area.ts';
import { presentReceipt } from '../present-receipt.ts';
import { createAlertsPlace } from './alerts-place.ts';
import { createEndpointsPlace } from './endpoints-place.ts';
import { PLACES, type Retention, retentionOf } from './places.ts';
import { createPlacesAtOnce } from './places-at-once.ts';
import { createReportsPlace } from './reports-place.ts';

const DAY_MS = 86_400_000;
const UNTIL = Date.UTC(2026, 0, 10);
const retention: Retention = retentionOf({ streamRetentionHours: 168, logRetentionDays: 30, lastPassSeconds: 691_200 });

const ERASURE: Erasure = {
  ...{ id: 'e', userId: 'u', userHash: 'h', status: 'running' },
  ...{ step: 'now', dueAt: UNTIL - 1, tries: 0, revision: 0, countedPass: 0 },
  ...{ requestedAt: UNTIL - 1, renewedAt: UNTIL - 1, until: UNTIL, finishedAt: undefined, places: {} },
};

function expiry(name: string, of: Partial<Erasure>, now: number): { status: string; days: number } {
  const { places } = presentReceipt({ ...ERASURE, ...of }, retention, now) as {
    places: { name: string; status: string; expiresAt: string }[];
  };
  const place = places.find((other) => other.name === name);
  return { status: place?.status ?? '', days: (Date.parse(place?.expiresAt ?? '') - UNTIL) / DAY_MS };
}

/** The places on stores in memory. `rows` gives the number of rows that erasing activity empties. */
function createPlaces(rows: (userId: string) => number) {
  const { deps, uploads, objects } = createAvatarsWorld();
  const activity = { eraseActivity: async (userId: string) => ({ rows: rows(userId) }) };
  const avatars = { uploads, openObjects: async () => objects };
  return createPlacesAtOnce({ changes: deps, addresses: createMemoryAddressesStore(), activity, avatars });
}

describe('the places of a person', () => {
  it('are each erased by a function, or expire', () => {
    const { requested, refilled } = createPlaces(() => 0);
    const reports = createReportsPlace({ reports: new MemoryReportsStore(), files: new MemoryObjectStore(() => 0) });
    const addresses = createMemoryAddressesStore();
    const alerts = createAlertsPlace({ alerts: new MemoryAlertsStore(), addresses });
    const endpoints = createEndpointsPlace({ webhooks: createMemoryWebhooksStore(), addresses, now: () => UNTIL });
    const erasing = [...requested, ...refilled, reports, alerts, endpoints]
      .map(({ name }) => name)
      .concat(Object.values(PLACE_OF_AREA));
    expect(erasing).to.have.members(PLACES.flatMap(({ kind, name }) => (kind === 'erased' ? [name] : [])));
  });

  it('report the number of emptied activity rows', async () => {
    const activity = createPlaces((userId) => userId.length).refilled.find(({ name }) => name === 'activity');
    expect(await activity?.erase('three')).to.deep.equal({ erased: 5 });
  });

  it('expire after the retention of the stage and of AWS’s services', () => {
    expect(expiry('stream', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 7 });
    expect(expiry('log-entries', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 7 + 9 + 2 });
    expect(expiry('avatar-uploads', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 16 + 2 });
    expect(expiry('idempotency-records', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 1 + 2 });
    expect(expiry('logs', {}, UNTIL + 30 * DAY_MS)).to.deep.equal({ status: 'expired', days: 30 });
  });

  it('compute the expiry of emptied rows, of notifications and of backups from the last pass', () => {
    expect(expiry('emptied-rows', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 8 + 14 + 2 });
    expect(expiry('notifications', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 8 + 180 + 2 });
    expect(expiry('backups', {}, UNTIL).days).to.equal(8 + 180 + 2 + 35);
    const late = { status: 'done', places: { activity: { items: 0, objects: 0, at: UNTIL + 20 * DAY_MS } } } as const;
    expect(expiry('emptied-rows', late, UNTIL + 50 * DAY_MS)).to.deep.equal({ status: 'expired', days: 20 + 14 + 2 });
    const erased = { ...late, places: { ...late.places, alerts: { items: 0, objects: 0, at: UNTIL + 30 * DAY_MS } } };
    expect(expiry('notifications', erased, UNTIL + 300 * DAY_MS)).to.deep.equal({ status: 'expired', days: 30 + 182 });
    expect(expiry('backups', erased, UNTIL + 50 * DAY_MS)).to.deep.equal({ status: 'expires', days: 30 + 182 + 35 });
  });

  it('compute the expiry of what jobs have read from the last pass over the archive', () => {
    expect(expiry('report-jobs', {}, UNTIL)).to.deep.equal({ status: 'expires', days: 8 + 2 + 2 });
    const late = { status: 'done', places: { archive: { items: 0, objects: 0, at: UNTIL + 20 * DAY_MS } } } as const;
    expect(expiry('report-jobs', late, UNTIL + 23 * DAY_MS)).to.deep.equal({ status: 'expires', days: 24 });
    expect(expiry('report-jobs', late, UNTIL + 25 * DAY_MS)).to.deep.equal({ status: 'expired', days: 24 });
  });

  it('are not in the receipt of an erasure that was done before they were there', () => {
    const done = { ...ERASURE, status: 'done', places: { profile: { items: 1, objects: 0, at: UNTIL } } } as const;
    const { places } = presentReceipt(done, retention, UNTIL) as { places: { name: string }[] };
    const names = places.map(({ name }) => name);
    expect(names).to.include.members(['profile', 'stream']).and.not.include('reports');
  });

  it('are never reported as expired while a pass may still write', () => {
    const now = UNTIL + 300 * DAY_MS;
    expect(expiry('emptied-rows', { status: 'failed' }, now)).to.deep.equal({ status: 'expires', days: 300 + 14 + 2 });
    expect(expiry('backups', { status: 'failed' }, now).status).to.equal('expires');
  });
});
