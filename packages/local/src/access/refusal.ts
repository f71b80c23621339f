import { isOwnHost } from './own-host.ts';
import { hasOrigin, type PageRequest, pageOf } from './page.ts';

/** The rules for a port. Programs of this machine may always use it. */
export interface AccessRules {
  /** Further names of this machine, from WEIR_LOCAL_HOSTS. */
  readonly hosts: readonly string[];
  /** Origins whose pages may call. Called at each request, because services come and go. */
  readonly origins: () => readonly string[];
  /** Whether the port has pages of its own: these may call it, and links may lead to them. */
  readonly hasPages: boolean;
}

/** Why a request is refused, in one sentence that says what would let it in; undefined where it is not. */
export function refusalOf(request: PageRequest, { hosts, origins, hasPages }: AccessRules): string | undefined {
  const foreign = foreignHost(request, hosts);
  if (foreign !== undefined) return foreign;
  const page = pageOf(request);
  if (page === undefined || hasOrigin(origins(), page.origin)) return undefined;
  return hasPages && (page.isOwn || page.isVisit) ? undefined : foreignPage(page.origin);
}

/** Why a request is refused for the host that it names. */
export function foreignHost({ headers }: PageRequest, hosts: readonly string[]): string | undefined {
  const host = headers.host?.toString();
  if (isOwnHost(host, hosts)) return undefined;
  return `the host ${JSON.stringify(host ?? '')} is not this machine: call 127.0.0.1 or localhost, or start Weir with the name in WEIR_LOCAL_HOSTS`;
}

/** Why a page is refused. */
export function foreignPage(origin: string | undefined): string {
  const named = origin === undefined ? 'pages of other origins' : `pages of ${JSON.stringify(origin)}`;
  return `${named} may not call this port: the API, the WebSocket API and the buckets with CORS rules are for the origins in WEIR_CORS_ORIGINS, and the other ports are for no page`;
}
