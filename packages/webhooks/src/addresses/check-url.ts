import { isIPv4 } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './is-public-address.ts';
import type { ResolveHost } from './resolve-host.ts';

/** Why an endpoint's URL is refused. */
export type UrlRefusal = 'not-a-url' | 'not-https' | 'has-credentials' | 'is-ipv6' | 'no-address' | 'refused-address';

export interface UrlRules {
  readonly resolve: ResolveHost;
  /** In the stage `local`: HTTP and this machine are allowed too. */
  readonly isLocal: boolean;
}

/** A URL that may be called, with the address that was checked; or why it may not. */
export type CheckedUrl = GoodUrl | { readonly refusal: UrlRefusal; readonly detail: string };

export interface GoodUrl {
  readonly url: URL;
  readonly address: string;
}

/**
 * Whether a webhook may be sent to a URL: HTTPS, and each address of the host is a public one. Whoever connects must
 * connect to the address that was checked, as the next answer of the name server may be another one.
 */
export async function checkUrl(text: string, rules: UrlRules): Promise<CheckedUrl> {
  const url = URL.parse(text);
  if (!url) return { refusal: 'not-a-url', detail: 'this is no URL' };
  const refused = refuseForm(url, rules);
  return refused ?? checkHost(url, rules);
}

function refuseForm({ protocol, username, password, hostname }: URL, { isLocal }: UrlRules): CheckedUrl | undefined {
  if (protocol !== 'https:' && !(isLocal && protocol === 'http:')) {
    return { refusal: 'not-https', detail: 'webhooks go to https URLs only' };
  }
  if (username !== '' || password !== '') {
    return { refusal: 'has-credentials', detail: 'the URL must have no user name and no password' };
  }
  if (hostname.startsWith('[')) return { refusal: 'is-ipv6', detail: 'webhooks go to IPv4 addresses only' };
  return undefined;
}

async function checkHost(url: URL, { resolve, isLocal }: UrlRules): Promise<CheckedUrl> {
  const host = url.hostname;
  const addresses = isLocal && host === 'localhost' ? ['127.0.0.1'] : await resolveOrNone(resolve, host);
  const [address] = addresses;
  if (address === undefined) return { refusal: 'no-address', detail: `no IPv4 address was found for ${host}` };
  // One address that is not public is enough: which one is connected to would be a matter of chance.
  const isAllowed = (one: string) => isIPv4(one) && (isPublicAddress(one) || (isLocal && isLoopbackAddress(one)));
  if (!addresses.every(isAllowed)) {
    return { refusal: 'refused-address', detail: `${host} has an address that is not public` };
  }
  return { url, address };
}

async function resolveOrNone(resolve: ResolveHost, host: string): Promise<readonly string[]> {
  try {
    return await resolve(host);
  } catch {
    return [];
  }
}
