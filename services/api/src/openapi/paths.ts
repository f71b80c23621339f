import { avatarsOperations, avatarsSchemas } from '../avatars/avatars-operations.ts';
import { eventsOperations, eventsSchemas } from '../events/events-operations.ts';
import { keysOperations, keysSchemas } from '../keys/keys-operations.ts';
import { metaOperations, metaSchemas } from '../meta/meta-operations.ts';
import { metricsOperations, metricsSchemas } from '../metrics/metrics-operations.ts';
import { usersOperations } from '../users/users-operations.ts';
import { usersSchemas } from '../users/users-schemas.ts';
import { completeOperations } from './complete-operations.ts';
import { describeOperations } from './describe-operations.ts';
import { problemSchema } from './problem-schema.ts';
import type { Part } from './schema-parts.ts';

/** Every operation of the API by path and method. */
export const PATHS: Readonly<Record<string, Part>> = describeOperations(
  completeOperations({
    ...eventsOperations,
    ...metricsOperations,
    ...keysOperations,
    ...usersOperations,
    ...avatarsOperations,
    ...metaOperations,
  }),
);

/** The schemas of everything the API takes and answers. */
export const SCHEMAS: Part = {
  ...eventsSchemas,
  ...metricsSchemas,
  ...keysSchemas,
  ...usersSchemas,
  ...avatarsSchemas,
  ...metaSchemas,
  Problem: problemSchema,
};
