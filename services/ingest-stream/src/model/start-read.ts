import type { Actor, World } from './world.ts';

/** Runs one check of a reader, interleaved with everything else; a reader makes one at a time. */
export async function startRead({ world, actor }: { world: World; actor: Actor }, check: () => Promise<void>) {
  if (actor.isBusy) return;
  actor.isBusy = true;
  await world.scheduler.start('read', async (turn) => {
    actor.turn = turn;
    try {
      await check();
    } catch (error) {
      world.fail(error);
    }
    actor.isBusy = false;
  });
}
