import { type Alert, type Firing, firingId } from '@weir/alerts';
import { MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { silentLog } from '@weir/logging';
import { createAlertsRoutes } from '../alerts/alerts-routes.ts';
import type { AlertsDeps } from '../alerts/rule/alerts-deps.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from './api-event.ts';
import { createStubMetricsReader, type StubMetricsReader } from './stub-metrics-reader.ts';
import { NOW } from './users-api.ts';

/** Rules on a store in memory. */
export interface MemoryAlertsDeps extends AlertsDeps {
  readonly alerts: MemoryAlertsStore;
  readonly reader: StubMetricsReader;
}

/** The routes of rules, as a caller sees them. */
export interface AlertsApi extends MemoryAlertsDeps {
  readonly call: (parts: Omit<EventParts, 'body'> & { readonly body?: object }) => Promise<Answer>;
}

/** The endpoint `e1` exists. Each id of a rule is greater than the one before. */
export function createAlertsDeps(replaced: Partial<AlertsDeps> = {}): MemoryAlertsDeps {
  let made = 0;
  return {
    ...{ now: () => NOW, budgetMs: 1_000, log: silentLog, hasEndpoint: async (id: string) => id === 'e1' },
    random: () => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, ++made >> 8, made),
    cursors: createCursors({ secret: () => 'a secret' }),
    ...replaced,
    ...{ alerts: new MemoryAlertsStore(), reader: createStubMetricsReader() },
  };
}

/** Makes one without rules. */
export function createAlertsApi(replaced: Partial<AlertsDeps> = {}): AlertsApi {
  const deps = createAlertsDeps(replaced);
  const authenticate = createAuthenticate({ log: silentLog, now: deps.now });
  const serve = createServe({ routes: createAlertsRoutes(deps), authenticate, log: silentLog });
  return {
    ...deps,
    call: async ({ body, ...parts }) => {
      return readAnswer(await serve(apiEvent({ ...parts, ...(body && { body: JSON.stringify(body) }) })));
    },
  };
}

/** The id of the rule that is made as the first, the second, … */
export function alertId(number: number): string {
  return number.toString(32).padStart(16, '0');
}

/** A rule as it is stored. */
export function storedAlert(id: string, more: Partial<Alert> = {}): Alert {
  return {
    ...{ id, name: 'Few orders', action: 'checkout', field: 'count', interval: 'minute', comparison: 'below' },
    ...{ threshold: 10, lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true },
    ...{ channels: [{ type: 'webhook' }], revision: 1, since: NOW, createdAt: NOW, updatedAt: NOW },
    ...{ state: { version: 0 }, ...more },
  };
}

/** A firing of that rule. */
export function storedFiring(alertId: string, start: number, more: Partial<Firing> = {}): Firing {
  const { name, action, field, comparison, channels } = storedAlert(alertId);
  return {
    ...{ id: firingId(alertId, start), alertId, revision: 1, value: 3, count: 3, asOf: start + 90_000, late: false },
    ...{ bucket: { start, end: start + 60_000, interval: 'minute', closed: true }, notified: true },
    ...{ rule: { name, action, field, comparison, threshold: 10, channels }, firedAt: start + 125_000, ...more },
  };
}
