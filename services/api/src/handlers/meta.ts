import { list, readConfig, runtimeFields, url } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { ANYONE } from '../http/callers/principal.ts';
import { createMetaRoutes } from '../meta/meta-routes.ts';
import { createOpenApiDocument } from '../openapi/document.ts';
import { createProxyHandler } from '../serve/proxy-handler.ts';

const config = readConfig({
  ...runtimeFields,
  contactUrl: url('WEIR_CONTACT_URL'),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, observe } = createTelemetry(config);

/** `GET /v1/health`, `GET /v1/openapi.json` and `GET /v1/docs`. */
export const handler = createProxyHandler({
  routes: createMetaRoutes({ stage: config.stage, document: createOpenApiDocument(config) }),
  authenticate: async () => ANYONE,
  corsOrigins: config.corsOrigins,
  log,
  observe,
});
