/** What a request says of the page in a browser that caused it. */
export interface Page {
  /** undefined where the browser does not say it: not every link or picture carries a `Referer`. */
  readonly origin: string | undefined;
  /** The page came from the host and port that the request goes to. */
  readonly isOwn: boolean;
  /** The answer becomes a page of its own, and the page with the link to it sees nothing of it. */
  readonly isVisit: boolean;
}

/** A request's head, as far as it tells of pages. */
export interface PageRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * The page behind a request; undefined where a program sent it, or somebody typed the address. Browsers send `Origin` with
 * everything but GET and HEAD of a page's own, and with every read across origins whose answer the page may see, and
 * `Sec-Fetch-Site` with all the rest (Fetch standard). No page can set or remove either.
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
