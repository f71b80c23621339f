import type { Entry } from './entry.ts';

/** The most events in a request. */
const MAX_EVENTS = 500;
/** Browsers let 64 KiB of bodies go on when their page is gone (Fetch: keepalive; Beacon). */
export const MAX_PAGE_BYTES = 60_000;
const FRAME_BYTES = '{"events":[]}'.length;

/** Entries that go in one request. */
export interface Page {
  readonly entries: readonly Entry[];
  /** The size of its body. */
  readonly bytes: number;
}

/** Cuts entries into pages in their order. Only an event that alone is larger makes a page above `MAX_PAGE_BYTES`. */
export function cutPages(entries: readonly Entry[]): Page[] {
  const pages: { entries: Entry[]; bytes: number }[] = [];
  for (const entry of entries) {
    const last = pages.at(-1);
    const more = entry.bytes + 1;
    if (last && last.entries.length < MAX_EVENTS && last.bytes + more <= MAX_PAGE_BYTES) {
      last.entries.push(entry);
      last.bytes += more;
    } else {
      pages.push({ entries: [entry], bytes: FRAME_BYTES + entry.bytes });
    }
  }
  return pages;
}

/** Whether entries of so many bytes fill a page. */
export function fillsPage(count: number, bytes: number): boolean {
  return count >= MAX_EVENTS || FRAME_BYTES + bytes + count > MAX_PAGE_BYTES;
}

/** The body of a page's request: the same text each time. */
export function pageBody({ entries }: Page): string {
  return `{"events":[${entries.map(({ text }) => text).join(',')}]}`;
}
