import type { Serverless, TemplateResource } from './serverless.ts';

/** What a service with an API writes under `custom.throttle`. */
export interface Throttle {
  /** Requests a second, of all callers together. */
  readonly rate: number;
  /** Requests at once beyond the rate. */
  readonly burst: number;
}

/**
 * Sets how many requests API Gateway lets through to a stage's functions. The framework has no key for it, and makes
 * the stage by the deployment: so the limits go into its description. A service with an API must say them.
 */
export function throttleStage(serverless: Serverless): void {
  const { custom, provider } = serverless.service;
  const { Resources } = provider.compiledCloudFormationTemplate;
  for (const [id, resource] of Object.entries(Resources)) {
    if (resource.Type !== 'AWS::ApiGateway::Deployment') continue;
    const throttle = readThrottle(custom?.throttle);
    if (throttle === undefined) {
      throw new serverless.classes.Error('A service with an API needs custom.throttle: { rate, burst }, both above 0');
    }
    Resources[id] = withThrottle(resource, throttle);
  }
}

/** Parameters given on the command line are texts. */
function readThrottle(given: unknown): Throttle | undefined {
  const { rate, burst } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const throttle = { rate: Number(rate), burst: Number(burst) };
  return throttle.rate > 0 && throttle.burst > 0 ? throttle : undefined;
}

function withThrottle(deployment: TemplateResource, { rate, burst }: Throttle): TemplateResource {
  const everyMethod = { ResourcePath: '/*', HttpMethod: '*' };
  const MethodSettings = [{ ...everyMethod, ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }];
  const { StageDescription, ...properties } = deployment.Properties ?? {};
  const description = { ...(StageDescription as object | undefined), MethodSettings };
  return { ...deployment, Properties: { ...properties, StageDescription: description } };
}
