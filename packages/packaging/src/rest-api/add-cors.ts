import { httpEventsOf, isMock, resourcesOf, type Serverless } from '../framework/serverless.ts';

/** The content of a service's `custom.cors`. */
interface CorsSettings {
  /** `*`, or origins with commas between; empty if the stage lets in no browser. */
  readonly origins?: string;
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** How long a browser need not ask again. */
  readonly maxAgeSeconds: number;
}

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

/**
 * Lets the pages of the stage's origins call the API, from `custom.cors` alone: a preflight on every path, and headers
 * on every answer that API Gateway gives by itself. The functions get the origins, and so do the CORS rules of S3
 * buckets that have some. Without origins there is no CORS, neither in the API nor in S3 buckets.
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
    // For a path that does not exist, a browser need not ask; for the others, another route answers.
    if (isMock(http)) continue;
    http.cors = { ...allowed, headers: [...settings.allowHeaders], maxAge: settings.maxAgeSeconds };
  }
}

/**
 * An answer that API Gateway gives by itself has one value for each header. If there are several origins, any origin
 * may read it: it says only that a request was refused, and the id of the request.
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

/** The rules of an S3 bucket have everything except the origins. */
function addToBuckets({ service }: Serverless, origins: readonly string[]): void {
  for (const { Type, Properties } of resourcesOf(service)) {
    const cors = Properties?.CorsConfiguration as { readonly CorsRules: readonly object[] } | undefined;
    if (Type !== 'AWS::S3::Bucket' || Properties === undefined || cors === undefined) continue;
    const CorsRules = cors.CorsRules.map((rule) => ({ ...rule, AllowedOrigins: [...origins] }));
    Properties.CorsConfiguration = origins.length === 0 ? undefined : { CorsRules };
  }
}
