import { addressesOperations } from '../addresses/addresses-operations.ts';
import { addressesSchemas } from '../addresses/addresses-schemas.ts';
import { alertsOperations } from '../alerts/alerts-operations.ts';
import { alertsSchemas } from '../alerts/alerts-schemas.ts';
import { auditsOperations, auditsSchemas } from '../audits/audits-operations.ts';
import { avatarsOperations, avatarsSchemas } from '../avatars/avatars-operations.ts';
import { erasuresOperations, erasuresSchemas } from '../erasures/erasures-operations.ts';
import { eventsOperations, eventsSchemas } from '../events/events-operations.ts';
import { keysOperations, keysSchemas } from '../keys/keys-operations.ts';
import { metaOperations, metaSchemas } from '../meta/meta-operations.ts';
import { metricsOperations, metricsSchemas } from '../metrics/metrics-operations.ts';
import { reportsOperations, reportsSchemas } from '../reports/reports-operations.ts';
import { usersOperations } from '../users/users-operations.ts';
import { usersSchemas } from '../users/users-schemas.ts';
import { webhooksOperations } from '../webhooks/webhooks-operations.ts';
import { webhooksSchemas } from '../webhooks/webhooks-schemas.ts';
import { completeOperations } from './complete-operations.ts';
import { describeOperations } from './describe-operations.ts';
import { problemSchema } from './parts/problem-schema.ts';
import type { Part } from './parts/schema-parts.ts';

/** Every operation of the API by path and method. */
export const PATHS: Readonly<Record<string, Part>> = describeOperations(
  completeOperations(
    mergeByPath(
      eventsOperations,
      metricsOperations,
      keysOperations,
      usersOperations,
      avatarsOperations,
      erasuresOperations,
      reportsOperations,
      auditsOperations,
      alertsOperations,
      webhooksOperations,
      addressesOperations,
      metaOperations,
    ),
  ),
);

/** Two features may have operations for one path. */
function mergeByPath(...features: readonly Readonly<Record<string, Part>>[]): Record<string, Part> {
  const paths: Record<string, Part> = {};
  for (const [path, operations] of features.flatMap(Object.entries<Part>)) {
    paths[path] = { ...paths[path], ...operations };
  }
  return paths;
}

/** The schemas of all requests and answers of the API. */
export const SCHEMAS: Part = {
  ...eventsSchemas,
  ...metricsSchemas,
  ...keysSchemas,
  ...usersSchemas,
  ...avatarsSchemas,
  ...erasuresSchemas,
  ...reportsSchemas,
  ...auditsSchemas,
  ...alertsSchemas,
  ...webhooksSchemas,
  ...addressesSchemas,
  ...metaSchemas,
  Problem: problemSchema,
};
