import { render } from 'velocityjs';
import { type Properties, propertiesOf, resourcesOf, type Template, target } from '../template.ts';

/** An answer that API Gateway may give to a method. */
export interface IntegrationResponse {
  readonly StatusCode: string;
  /** Empty for the answer to every status that no other pattern matches. */
  readonly SelectionPattern: string;
  readonly ResponseParameters: Readonly<Record<string, string>>;
  readonly ResponseTemplates: Readonly<Record<string, string>>;
}

/** What API Gateway does with a request. */
export interface Integration {
  readonly Type: string;
  readonly PassthroughBehavior?: string;
  /** By the type of the request's body. */
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly IntegrationResponses?: readonly IntegrationResponse[];
}

/** A method of a path of the API. */
export interface Method {
  readonly id: string;
  /** `GET`, or `ANY`. */
  readonly name: string;
  /** Its path, such as `/v1/events`. */
  readonly path: string;
  readonly properties: Properties;
  readonly integration: Integration;
}

/** Every method of the API of a template. */
export function methodsOf(template: Template): Method[] {
  return resourcesOf(template, 'AWS::ApiGateway::Method').map(([id, { Properties }]) => ({
    id,
    name: Properties.HttpMethod as string,
    path: pathOf(template, Properties.ResourceId) || '/',
    properties: Properties,
    integration: Properties.Integration as Integration,
  }));
}

function pathOf(template: Template, resourceId: unknown): string {
  const id = target(resourceId);
  if (id === undefined || id === 'ApiGatewayRestApi') return '';
  const { ParentId, PathPart } = propertiesOf(template, id);
  return `${pathOf(template, ParentId)}/${PathPart}`;
}

/** The status that the template of a mock says for a request. Throws if what it renders is no JSON. */
export function statusOf({ integration }: Method, httpMethod: string, type = 'application/json'): number {
  const rendered = render(integration.RequestTemplates?.[type] ?? '', { context: { httpMethod } });
  return (JSON.parse(rendered) as { statusCode: number }).statusCode;
}

/** The answer of a mock to a request, chosen by the status as API Gateway does. */
export function answerOf(method: Method, httpMethod: string, type?: string): IntegrationResponse | undefined {
  const status = String(statusOf(method, httpMethod, type));
  const answers = method.integration.IntegrationResponses ?? [];
  const isMatch = (pattern: string) => pattern !== '' && new RegExp(`^(?:${pattern})$`).test(status);
  const matching = answers.find(({ SelectionPattern }) => isMatch(SelectionPattern));
  return matching ?? answers.find(({ SelectionPattern }) => SelectionPattern === '');
}
