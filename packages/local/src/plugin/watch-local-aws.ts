import { setTimeout as sleep } from 'node:timers/promises';

/** How the local AWS is watched, and what happens at its end. */
export interface LocalAwsWatch {
  readonly url: string;
  readonly everyMs?: number;
  /** Called once, with one sentence. */
  readonly onLost: (sentence: string) => void;
}

const EVERY_MS = 1_000;
/** One refused connection may be the machine's. */
const REFUSALS = 3;

/** Looks again and again whether the local AWS is there; resolves when it is not. It keeps no process running. */
export async function watchLocalAws({ url, everyMs = EVERY_MS, onLost }: LocalAwsWatch): Promise<void> {
  for (let refusals = 0; refusals < REFUSALS; ) {
    await sleep(everyMs, undefined, { ref: false });
    refusals = (await isListening(url)) ? 0 : refusals + 1;
  }
  onLost(
    `The local AWS at ${url} has ended, and so this service ends. Start it again when the local AWS runs, or alone`,
  );
}

/** Whatever it answers, and however late. */
function isListening(url: string): Promise<boolean> {
  return fetch(`${url}/_weir/health`).then(
    async (answer) => {
      await answer.body?.cancel();
      return true;
    },
    () => false,
  );
}
