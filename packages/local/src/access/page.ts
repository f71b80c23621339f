/** The page in a browser that sent a request, as far as the request tells. */
export interface Page {
  /** undefined if the browser does not tell it: a link or a picture may come without a `Referer`. */
  readonly origin: string | undefined;
  /** The page came from the host and port that the request goes to. */
  readonly isOwn: boolean;
  /** Somebody follows a link: the answer becomes a page of its own, which the first page cannot read. */
  readonly isVisit: boolean;
}

/** A request's head, as far as it tells of pages. */
export interface PageRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Finds the page behind a request; undefined if a program sent it, or somebody typed the address. Browsers send `Origin` with
 * each request that is not GET or HEAD, and with each request to another origin whose answer the page can read. They send
 * `Sec-Fetch-Site` with all requests (Fetch standard). No page can set or remove these headers.
 */
export function pageOf({ method, headers }: PageRequest): Page | undefined {
  const origin = headers.origin?.toString();
  const site = headers['sec-fetch-site'] ?? 'none';
  if (origin === undefined && site === 'none') return undefined;
  const opensPage = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return {
    origin: origin ?? originOf(headers.referer?.toString()),
    isOwn: origin === undefined ? site === 'same-origin' : origin === `http://${headers.host}`,
    isVisit: origin === undefined && method === 'GET' && opensPage,
  };
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
}

/** Whether a list of origins has this one; `*` stands for every one. */
export function hasOrigin(origins: readonly string[], origin: string | undefined): boolean {
  return origins.includes('*') || (origin !== undefined && origins.includes(origin));
}
