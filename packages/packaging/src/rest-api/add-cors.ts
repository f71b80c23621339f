import { httpEventsOf, isMock, resourcesOf, type Serverless } from '../framework/serverless.ts';

/** What `custom.cors` of a service says. */
interface CorsSettings {
  /** `*`, or origins with commas between; none where the stage allows no browser in. */
  readonly origins?: string;
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** How long a browser need not ask again. */
  readonly maxAgeSeconds: number;
}

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

/**
 * Lets the pages of the stage's origins call the API, by `custom.cors` alone: a preflight on every path, headers on all
 * that API Gateway answers by itself, the origins told to the functions, and put into the rules of the buckets that
 * have some. Without origins there is no CORS, in buckets neither.
 */
export function addCors(serverless: Serverless): void {
  const { service } = serverless;
  const settings = service.custom?.cors as CorsSettings | undefined;
  const origins = readOrigins(serverless, settings?.origins ?? '');
  if (settings === undefined) return;
  addToBuckets(serverless, origins);
  if (origins.length === 0) return;
  addPreflights(serverless, settings, origins);
  addToOwnAnswers(serverless, settings, origins);
  service.provider.environment = { ...service.provider.environment, WEIR_CORS_ORIGINS: origins.join() };
}

function readOrigins(serverless: Serverless, text: string): readonly string[] {
  const origins = text
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  const wrong = origins.find((origin) => !ORIGIN.test(origin) && (origin !== '*' || origins.length > 1));
  if (wrong === undefined) return origins;
  throw new serverless.classes.Error(
    `corsOrigins has ${JSON.stringify(wrong)}: say * alone, or origins like https://app.example.com with commas between`,
  );
}

function addPreflights({ service }: Serverless, settings: CorsSettings, origins: readonly string[]): void {
  const allowed = origins[0] === '*' ? { origin: '*' } : { origins: [...origins] };
  for (const http of httpEventsOf(service)) {
    // Of a path that is not there a browser need not ask; of the others another route says it.
    if (isMock(http)) continue;
    http.cors = { ...allowed, headers: [...settings.allowHeaders], maxAge: settings.maxAgeSeconds };
  }
}

/**
 * What API Gateway answers by itself has one value for each header. Where there are several origins, any may read it: it
 * says nothing but that a request was refused, and its id.
 */
function addToOwnAnswers({ service }: Serverless, settings: CorsSettings, origins: readonly string[]): void {
  const [first = '*'] = origins;
  const headers = {
    'access-control-allow-origin': `'${origins.length === 1 ? first : '*'}'`,
    'access-control-expose-headers': `'${settings.exposeHeaders.join()}'`,
  };
  for (const { response } of httpEventsOf(service).filter(isMock)) Object.assign(response.headers, headers);
  const parameters = Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]);
  for (const { Type, Properties } of resourcesOf(service)) {
    if (Type !== 'AWS::ApiGateway::GatewayResponse' || Properties === undefined) continue;
    Properties.ResponseParameters = { ...(Properties.ResponseParameters as object), ...Object.fromEntries(parameters) };
  }
}

/** A bucket's rules say all but the origins. */
function addToBuckets({ service }: Serverless, origins: readonly string[]): void {
  for (const { Type, Properties } of resourcesOf(service)) {
    const cors = Properties?.CorsConfiguration as { readonly CorsRules: readonly object[] } | undefined;
    if (Type !== 'AWS::S3::Bucket' || Properties === undefined || cors === undefined) continue;
    const CorsRules = cors.CorsRules.map((rule) => ({ ...rule, AllowedOrigins: [...origins] }));
    Properties.CorsConfiguration = origins.length === 0 ? undefined : { CorsRules };
  }
}
