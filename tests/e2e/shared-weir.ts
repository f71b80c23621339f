import { createDoors, type Doors } from './doors.ts';
import { createWeirProcess, type WeirProcess } from './weir-process.ts';

const START_TIMEOUT_MS = 180_000;

/** The one Weir that all files of a run use. It is empty at first, and each file has actions of its own. */
export interface SharedWeir {
  readonly doors: Doors;
  /** Stops Weir by Ctrl-C, runs `between`, and starts Weir again with the same state. */
  restart(between: (exitCode: number | null) => void): Promise<void>;
}

let weir: WeirProcess | undefined;
let doors: Doors | undefined;

/** Starts Weir before the first test that needs it. Call it inside `describe`. */
export function useWeir(): SharedWeir {
  before('starts Weir', async function () {
    this.timeout(START_TIMEOUT_MS);
    if (doors === undefined) await start();
  });
  return {
    get doors() {
      if (doors === undefined) throw new Error('Weir does not run');
      return doors;
    },
    restart: async (between) => {
      doors?.close();
      doors = undefined;
      between((await weir?.interrupt()) ?? null);
      await start();
    },
  };
}

async function start(): Promise<void> {
  weir ??= await createWeirProcess();
  doors = createDoors(await weir.start());
}

// Outside of any `describe`: runs after the last test of the run, also if that failed.
after('ends Weir', async function () {
  this.timeout(60_000);
  doors?.close();
  await weir?.remove();
});
