import { newSecret } from '../access/local-token.ts';

/** The header of calls to the emulators of this process. */
const HEADER = 'x-weir-inner';
/** Each process has its own; no other process needs it. */
const SECRET = newSecret();

/** The headers of each call to an emulator of this process. */
export const INNER_HEADERS: Readonly<Record<string, string>> = { [HEADER]: SECRET };

/** Says why a request is refused; undefined for a request that this process sent. */
export function refusalOfOuter({
  headers,
}: {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}): string | undefined {
  return headers[HEADER] === SECRET
    ? undefined
    : 'this port is only for the local AWS itself: call its door on port 4566';
}
