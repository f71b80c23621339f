import { blockedPort } from './blocked-port.ts';
import { findBusyPort, type WantedPort } from './busy-port.ts';

const STEP = 100;
const MAX_OFFSET = 60_000;

/** The first offset, in hundreds, that moves all of the ports to numbers at which nothing listens. */
export async function freeOffset(portsOf: (offset: number) => readonly WantedPort[]): Promise<number> {
  for (let offset = STEP; offset < MAX_OFFSET; offset += STEP) {
    if (blockedPort(offset) === undefined && (await findBusyPort(portsOf(offset))) === undefined) return offset;
  }
  return STEP;
}
