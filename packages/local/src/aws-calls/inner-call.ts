import { newSecret } from '../access/local-token.ts';

/** The header of calls to the emulators of this process. */
const HEADER = 'x-weir-inner';
/** New with each process: nobody else ever needs it. */
const SECRET = newSecret();

/** What a call to an emulator of this process carries. */
export const INNER_HEADERS: Readonly<Record<string, string>> = { [HEADER]: SECRET };

/** Says why a request is refused that comes neither through the door nor from an event source of this process. */
export function refusalOfOuter({
  headers,
}: {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}): string | undefined {
  return headers[HEADER] === SECRET
    ? undefined
    : 'this port is only for the local AWS itself: call its door on port 4566';
}
