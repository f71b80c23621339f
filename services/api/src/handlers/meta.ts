import { list, readConfig, runtimeFields, url } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { ANYONE } from '../http/callers/principal.ts';
import { createMetaRoutes } from '../meta/meta-routes.ts';
import { createOpenApiDocument } from '../openapi/document.ts';
import { createServe } from '../serve/serve.ts';

const config = readConfig({
  ...runtimeFields,
  contactUrl: url('WEIR_CONTACT_URL'),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, observe } = createTelemetry(config);

const serve = createServe({
  routes: createMetaRoutes({ stage: config.stage, document: createOpenApiDocument(config) }),
  authenticate: async () => ANYONE,
  corsOrigins: config.corsOrigins,
  log,
});

/** `GET /v1/health`, `GET /v1/openapi.json` and `GET /v1/docs`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event));
