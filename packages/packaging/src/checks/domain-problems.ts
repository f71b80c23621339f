import type { Parameters } from './parameters.ts';

const DOMAIN = /^(?=.{1,200}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** ACM takes so many letters as the first name of a certificate. */
const MAX_CERTIFIED = 64;
const ZONE_ID = /^Z[A-Z0-9]{1,31}$/;
const CERTIFICATE_ARN = /^arn:aws[\w-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/;
const WEB_ACL_ARN = /^arn:aws[\w-]*:wafv2:([a-z0-9-]+):\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/;

/** What is wrong with the domains of a stage's APIs, and with what stands in front of them: a sentence for each. */
export function domainProblems(parameters: Parameters, region: string | undefined): string[] {
  const { apiDomain, pushDomain, certificateArn, hostedZoneId, webAclArn } = parameters;
  return [
    ...nameProblems('apiDomain', parameters),
    ...nameProblems('pushDomain', parameters),
    ...(isSet(apiDomain) && apiDomain === pushDomain
      ? ['- pushDomain is the same as apiDomain: API Gateway serves a REST API and a WebSocket API under two domains']
      : []),
    ...(isSet(hostedZoneId) && !ZONE_ID.test(String(hostedZoneId))
      ? [
          `- hostedZoneId is ${quote(hostedZoneId)}, and must be the id of a zone of Route 53, like Z0123456789ABCDEFGHIJ`,
        ]
      : []),
    ...arnProblems('certificateArn', certificateArn, { arn: CERTIFICATE_ARN, what: 'a certificate of ACM', region }),
    ...arnProblems('webAclArn', webAclArn, { arn: WEB_ACL_ARN, what: 'a regional web ACL', region }),
  ];
}

/** Whether a text is the name of a domain, in lower-case letters. */
export function isDomain(name: unknown): boolean {
  return DOMAIN.test(String(name));
}

function nameProblems(name: string, { [name]: domain, certificateArn, hostedZoneId }: Parameters): string[] {
  if (!isSet(domain)) return [];
  if (!isDomain(domain)) return [`- ${name} is ${quote(domain)}, and must be a domain, like api.shop.example`];
  if (isSet(certificateArn)) return [];
  if (String(domain).length > MAX_CERTIFIED) {
    return [`- ${name} has more than ${MAX_CERTIFIED} letters: ACM makes no certificate for it, so set certificateArn`];
  }
  if (isSet(hostedZoneId)) return [];
  return [`- ${name} needs certificateArn, or hostedZoneId: nobody would prove to ACM that the domain is yours`];
}

interface WantedArn {
  readonly arn: RegExp;
  readonly what: string;
  readonly region: string | undefined;
}

/** API Gateway takes neither from another region: CloudFormation would fail only after it has begun. */
function arnProblems(name: string, given: unknown, { arn, what, region = '' }: WantedArn): string[] {
  if (!isSet(given)) return [];
  const [, found] = arn.exec(String(given)) ?? [];
  if (found !== undefined && (region === '' || found === region)) return [];
  return [`- ${name} is ${quote(given)}, and must be the ARN of ${what} in the stage's region ${region}`.trimEnd()];
}

/** A parameter that a service does not have, or that is empty. */
function isSet(given: unknown): boolean {
  return given !== undefined && given !== null && given !== '';
}

function quote(given: unknown): string {
  return JSON.stringify(given);
}
