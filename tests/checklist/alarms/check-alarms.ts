import { apiSituations } from '../../alarms/api/api-situations.ts';
import { ingestSituations } from '../../alarms/ingest-stream/ingest-situations.ts';
import { notificationsSituations } from '../../alarms/notifications/notifications-situations.ts';
import { reportsSituations } from '../../alarms/reports/reports-situations.ts';
import type { Finding, Templates } from '../checked-templates.ts';
import { checkFunctions, type WatchedService } from './check-functions.ts';
import { checkNotified } from './check-notified.ts';
import { checkResources } from './check-resources.ts';
import { watchedMetrics } from './watched-metrics.ts';
import { WATCHED_OTHERWISE } from './watched-otherwise.ts';

const SITUATIONS: Readonly<Record<string, WatchedService['situations']>> = {
  api: apiSituations,
  'ingest-stream': ingestSituations,
  notifications: notificationsSituations,
  reports: reportsSituations,
};

/**
 * What may go wrong in the templates without an alarm: errors, p99 of the duration, throttles and iterator age of each
 * function; streams that refuse, queues, 5xx and latency of APIs, executions, backups; drift, quarantine, bounces and what
 * Lambda gave up. And alarms that tell nobody.
 */
export function checkAlarms(templates: Templates): Finding[] {
  return Object.entries(templates).flatMap(([service, template]) => {
    const watched = watchedMetrics(template);
    const situations = SITUATIONS[service] ?? [];
    const found = [
      ...checkFunctions({ template, watched, situations, otherwise: WATCHED_OTHERWISE[service] ?? {} }),
      ...checkResources(service, template, watched),
      ...checkNotified(template),
    ];
    return found.map((finding) => ({ service, ...finding }));
  });
}
