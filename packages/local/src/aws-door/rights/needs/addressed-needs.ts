import type { AwsCall } from '../../../aws-calls/aws-call.ts';
import { ACCOUNT_ID } from '../../../registration/template-values.ts';
import type { TemplateFacts } from '../facts/template-facts.ts';
import type { Need } from '../policy/policy.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a call needs whose path, and not its header, says what it does; undefined if it is not known. */
export function addressedNeeds(call: AwsCall, json: Json, facts: TemplateFacts): readonly Need[] | undefined {
  switch (call.service) {
    case 'execute-api':
      return connectionNeed(call, facts);
    case 'ses':
      return call.action === 'POST /v2/email/outbound-emails' ? mailNeeds(call, json as Mail, facts) : undefined;
    default:
      return undefined;
  }
}

/** The framework's logical id of a WebSocket API, which stands for the API's id here. */
const SOCKET_API = 'WebsocketsApi';

const METHODS: Readonly<Record<string, string>> = {
  PostToConnection: 'POST',
  GetConnection: 'GET',
  DeleteConnection: 'DELETE',
};

function connectionNeed(call: AwsCall, { socketStage }: TemplateFacts): readonly Need[] | undefined {
  const method = METHODS[call.action];
  if (method === undefined) return undefined;
  const path = `${SOCKET_API}/${socketStage}/${method}/@connections/${decodeURIComponent(call.resource ?? '')}`;
  return [{ action: 'execute-api:ManageConnections', resource: arn('execute-api', call, path) }];
}

interface Mail {
  readonly FromEmailAddress?: string;
  readonly FromEmailAddressIdentityArn?: string;
  readonly ConfigurationSetName?: string;
  readonly Content?: { readonly Raw?: { readonly Data?: string } };
}

/** A mail needs the permission on the identity of its sender, and on the configuration set that it names. */
function mailNeeds(call: AwsCall, mail: Mail, facts: TemplateFacts): readonly Need[] | undefined {
  const sender = addressIn(mail.FromEmailAddress ?? senderOf(mail.Content?.Raw?.Data ?? ''));
  const identity = mail.FromEmailAddressIdentityArn ?? (sender && identityOf(call, sender, facts));
  if (identity === undefined) return undefined;
  const set = mail.ConfigurationSetName;
  const resources = [identity, ...(set === undefined ? [] : [arn('ses', call, `configuration-set/${set}`)])];
  const context = sender === undefined ? {} : { 'ses:FromAddress': sender };
  return resources.map((resource) => ({ action: 'ses:SendEmail', resource, context }));
}

/** SES takes the identity of the whole address, if there is one, and else that of its domain. */
function identityOf(call: AwsCall, address: string, { mailIdentities }: TemplateFacts): string {
  return arn('ses', call, `identity/${mailIdentities.has(address) ? address : address.split('@')[1]}`);
}

/** The header `From` of a whole message. */
function senderOf(data: string): string {
  const [head = ''] = Buffer.from(data, 'base64')
    .toString('latin1')
    .split(/\r?\n\r?\n/);
  return /^From:(.*)$/im.exec(head)?.[1] ?? '';
}

/** The address in `Weir <weir@example.com>`. */
function addressIn(sender: string): string | undefined {
  return /([^\s<>"]+@[^\s<>"]+)>?\s*$/.exec(sender)?.[1];
}

function arn(service: string, { region }: AwsCall, rest: string): string {
  return `arn:aws:${service}:${region}:${ACCOUNT_ID}:${rest}`;
}
