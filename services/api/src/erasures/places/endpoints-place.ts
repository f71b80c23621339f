import { type AddressesStore, addressIdOf } from '@weir/dynamodb/addresses';
import type { Endpoint, WebhooksStore } from '@weir/dynamodb/webhooks';
import type { NowPlace } from './now-place.ts';

/** Dependencies of the place. */
export interface EndpointsPlaceDeps {
  readonly webhooks: Pick<WebhooksStore, 'allEndpoints' | 'findEndpoint' | 'updateEndpoint'>;
  readonly addresses: Pick<AddressesStore, 'listErased'>;
  readonly now: () => number;
}

/**
 * The endpoints of webhooks as a place of an erasure. If a part of a URL is an address for mail that is the user's id, or
 * that was erased with a profile, only the URL's host stays, and the endpoint is disabled: its owner gives it another URL.
 */
export function createEndpointsPlace({ webhooks, addresses, now }: EndpointsPlaceDeps): NowPlace {
  return {
    name: 'endpoints',
    async erase(userId) {
      const ended = new Set([...(await addresses.listErased()), addressIdOf(userId)]);
      let erased = 0;
      for (const endpoint of await webhooks.allEndpoints()) {
        if (await eraseFromUrl(webhooks, endpoint, { ended, now: now() })) erased++;
      }
      return { erased };
    },
  };
}

/** Whether the URL named one of the addresses. */
async function eraseFromUrl(
  webhooks: EndpointsPlaceDeps['webhooks'],
  read: Endpoint,
  { ended, now }: { readonly ended: ReadonlySet<string>; readonly now: number },
): Promise<boolean> {
  for (let endpoint: Endpoint | undefined = read; endpoint; endpoint = await webhooks.findEndpoint(read.id)) {
    const url = new URL(endpoint.url);
    if (!addressesIn(url).some((address) => ended.has(addressIdOf(address)))) return false;
    const disabled = endpoint.disabled ?? { reason: 'asked', since: now };
    // If another writer was faster, the endpoint is read again.
    if (await webhooks.updateEndpoint(endpoint, { url: `${url.origin}/`, disabled })) return true;
  }
  return false;
}

/** What stands between slashes, in the query and in the fragment: whole, and only what can be an address. */
function addressesIn({ pathname, search, searchParams, hash }: URL): string[] {
  const steps = [pathname, hash.slice(1)].flatMap((part) => part.split('/')).map(decoded);
  // A form reads a plus as a space. Whoever writes an address into a URL may mean the plus.
  const withPlus = [search, hash].map((part) => new URLSearchParams(part.slice(1).replaceAll('+', '%2B')));
  return [...steps, ...[searchParams, ...withPlus].flatMap((pairs) => [...pairs].flat())].filter(isLikeAddress);
}

function isLikeAddress(text: string): boolean {
  return text.includes('@');
}

/** A percent sign may be one that encodes nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
