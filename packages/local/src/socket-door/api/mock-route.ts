import { type Context, renderTemplate } from '../../api-door/gateway/gateway-context.ts';
import type { ServiceStatus, TemplateResource } from '../../registration/service-registration.ts';
import { resolveProperties } from '../../registration/template-values.ts';
import type { EventSource } from './socket-event.ts';

/** A route that API Gateway answers by itself, by a mock integration of the template. */
export interface MockRoute {
  readonly key: string;
  /** The client gets it, with its `$context` variables filled in; undefined where the route has no response. */
  readonly answer: string | undefined;
}

/** The routes of a template, and a sentence for each one that is not carried out. */
export interface TemplateRoutes {
  readonly mocks: readonly MockRoute[];
  readonly notices: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
type Resources = readonly (readonly [logicalId: string, type: string, properties: Json])[];

const TYPE = 'AWS::ApiGatewayV2::';
/** What is left of a text with these besides `$context` is more of Velocity than is known here. */
const VELOCITY = /\$|#[a-z]/;

/** The routes that the template adds to the API of the `websocket` events. */
export function templateRoutes({ resources, region }: Pick<ServiceStatus, 'resources' | 'region'>): TemplateRoutes {
  const all = Object.entries(resources)
    .filter(([, { Type }]) => Type.startsWith(TYPE))
    .map(
      ([logicalId, resource]) => [logicalId, shortType(resource), propertiesOf(resource, resources, region)] as const,
    );
  const found = all.flatMap(([logicalId, type, properties]) =>
    type === 'Route' ? [readRoute(logicalId, properties, all)] : [],
  );
  const apis = all.flatMap(([logicalId, type]) =>
    type === 'Api' ? [`The API ${logicalId}: The local AWS makes APIs of events only, and ignores it`] : [],
  );
  return {
    mocks: found.filter((route) => typeof route !== 'string'),
    notices: [...apis, ...found.filter((route) => typeof route === 'string')],
  };
}

/** The text that a client gets from a mock. */
export function renderMock(answer: string, routeKey: string, source: EventSource): string {
  const { client, requestId, stage, domainName, receivedAt } = source;
  const variables = {
    ...{ connectionId: client.id, requestId, extendedRequestId: requestId, routeKey, eventType: 'MESSAGE', stage },
    ...{ domainName, requestTimeEpoch: String(receivedAt), connectedAt: String(client.connectedAt) },
    'identity.sourceIp': client.sourceIp,
  };
  const context: Context = new Map(Object.entries(variables));
  return renderTemplate(answer, context);
}

function shortType({ Type }: TemplateResource): string {
  return Type.slice(TYPE.length);
}

function propertiesOf(resource: TemplateResource, resources: ServiceStatus['resources'], region: string): Json {
  return resolveProperties(resource, { resources, region, awsUrl: '' });
}

/** A route, or the sentence that says why it is none. */
function readRoute(logicalId: string, route: Json, all: Resources): MockRoute | string {
  try {
    const key = String(route.RouteKey);
    if (key === '$connect' || key === '$disconnect') throw new Error('answers only messages without a function');
    return { key, answer: readAnswer(logicalId, route, all) };
  } catch (error) {
    return `The route ${logicalId}: The local AWS ${(error as Error).message}, and ignores it`;
  }
}

function readAnswer(logicalId: string, route: Json, all: Resources): string | undefined {
  const id = String(route.Target).replace(/^integrations\//, '');
  const integration = all.find(([name, type]) => type === 'Integration' && name === id)?.[2];
  if (integration?.IntegrationType !== 'MOCK') throw new Error('knows no route without a MOCK integration');
  const response = responseOf(id, statusOf(integration), all);
  const answer = selected(response.TemplateSelectionExpression, response.ResponseTemplates, 'ResponseTemplates');
  const isAnswered =
    route.RouteResponseSelectionExpression === '$default' &&
    ofType('RouteResponse', all).some((one) => one.RouteId === logicalId && one.RouteResponseKey === '$default');
  return isAnswered ? answer : undefined;
}

function responseOf(integrationId: string, status: string, all: Resources): Json {
  const responses = ofType('IntegrationResponse', all).filter(({ IntegrationId }) => IntegrationId === integrationId);
  const response =
    responses.find(({ IntegrationResponseKey }) => matches(String(IntegrationResponseKey), status)) ??
    responses.find(({ IntegrationResponseKey }) => IntegrationResponseKey === '$default');
  if (response === undefined) throw new Error(`finds no IntegrationResponse for the status ${status}`);
  return response;
}

function ofType(wanted: string, all: Resources): readonly Json[] {
  return all.flatMap(([, type, properties]) => (type === wanted ? [properties] : []));
}

/** The request template says which status the integration has. */
function statusOf({ TemplateSelectionExpression, RequestTemplates }: Json): string {
  const template = selected(TemplateSelectionExpression, RequestTemplates, 'RequestTemplates');
  const status = /"?statusCode"?\s*:\s*"?(\d{3})/.exec(template)?.[1];
  if (status === undefined) throw new Error('needs a "statusCode" in the RequestTemplates');
  return status;
}

function matches(key: string, status: string): boolean {
  const pattern = /^\/(.*)\/$/.exec(key)?.[1];
  return pattern === undefined ? key === status : new RegExp(`^(?:${pattern})$`).test(status);
}

/** The template that an expression selects; `\$default` is the key `$default` (API Gateway, "Selection expressions"). */
function selected(expression: unknown, templates: unknown, property: string): string {
  const key = String(expression ?? '$default').replace(/^\\/, '');
  if (key !== '$default' && key.includes('$')) throw new Error(`selects templates by fixed keys only, not by ${key}`);
  const known = (templates ?? {}) as Readonly<Record<string, string>>;
  const template = known[key] ?? known.$default;
  if (template === undefined) throw new Error(`finds no template ${key} in the ${property}`);
  if (VELOCITY.test(renderTemplate(template, new Map()))) {
    throw new Error(`fills in $context only, and not what else is in the ${property}`);
  }
  return template;
}
