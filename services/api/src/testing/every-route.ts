import { randomBytes } from 'node:crypto';
import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { silentLog, silentMeter } from '@weir/logging';
import { createAddressesRoutes } from '../addresses/addresses-routes.ts';
import { createAlertsRoutes } from '../alerts/alerts-routes.ts';
import { createAuditsRoutes } from '../audits/audits-routes.ts';
import { createErasureRoutes } from '../erasures/erasures-routes.ts';
import { createEventsRoutes } from '../events/events-routes.ts';
import { createCursors } from '../http/requests/cursor.ts';
import type { Route } from '../http/route.ts';
import { createKeysRoutes } from '../keys/keys-routes.ts';
import { createMetaRoutes } from '../meta/meta-routes.ts';
import { createMetricsRoutes } from '../metrics/metrics-routes.ts';
import type { Part } from '../openapi/parts/schema-parts.ts';
import { createReportsRoutes } from '../reports/reports-routes.ts';
import { createWebhooksRoutes } from '../webhooks/webhooks-routes.ts';
import { createAddressesDeps } from './addresses-api.ts';
import { alertId, createAlertsDeps, storedAlert, storedFiring } from './alerts-api.ts';
import { createAvatarsWorld } from './avatars-world.ts';
import { createErasuresFixture } from './erasures-fixture.ts';
import { auditOf, createReportsDeps, dailyReport } from './reports-api.ts';
import { createStubEventStream } from './stub-event-stream.ts';
import { createStubMetricsReader } from './stub-metrics-reader.ts';
import { NOW } from './users-api.ts';
import { createWebhooksDeps } from './webhooks-api.ts';

/** Every route of every function, on stores in memory. Tests of all routes use this list, so add each new route. */
export function createEveryRoute(document: Part): Route[] {
  const cursors = createCursors({ secret: () => 'a secret' });
  const shared = { cursors, log: silentLog, now: () => NOW };
  const reader = createStubMetricsReader();
  reader.actions = ['a', 'b', 'checkout'].map((action) => ({ action, count: 1, firstSeen: NOW, lastSeen: NOW }));
  const keys = { store: createMemoryKeysStore(), random: () => randomBytes(32), budgetMs: 1_000 };
  const avatars = createAvatarsWorld();
  const reports = createReportsDeps();
  void reports.store.claim(dailyReport('2025-11-24'));
  void reports.audits.put(auditOf('2025-11-24'));
  const alerts = createAlertsDeps();
  void alerts.alerts.create(storedAlert(alertId(1)));
  void alerts.alerts.fire(storedFiring(alertId(1), 0), { revision: 1, version: 0, to: { version: 1 } });
  const webhooks = createWebhooksDeps();
  return [
    ...createEventsRoutes({
      ...{ stream: createStubEventStream(), meter: silentMeter, now: shared.now },
      newId: () => randomBytes(8).toString('hex'),
    }),
    ...createMetricsRoutes({ ...shared, reader, readBudgetMs: 1_000 }),
    ...createKeysRoutes({ ...shared, ...keys }),
    ...avatars.users.routes,
    ...avatars.routes,
    ...createErasureRoutes(createErasuresFixture().routes),
    ...createReportsRoutes(reports),
    ...createAuditsRoutes(reports),
    ...createAlertsRoutes(alerts),
    ...createWebhooksRoutes(webhooks),
    ...createAddressesRoutes(createAddressesDeps()),
    ...createMetaRoutes({ stage: 'test', document }),
  ];
}
