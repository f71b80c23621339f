import type { Redis } from 'ioredis';

/** A Redis that grants every request, and may be unreachable. */
export class SimulatedRedis {
  isDown = false;
  /** While true, every second use fails, and the next connection succeeds. */
  isShaky = false;
  #uses = 0;

  /** A client that is not connected yet, with the commands that limiting uses. */
  createClient(): Redis {
    const client = {
      status: 'wait',
      once: () => undefined,
      connect: async () => this.#expectUp(),
      disconnect: () => undefined,
      // The command of the limiter's script, with the answer of a full bucket.
      weirTakeToken: async () => {
        this.#expectUp();
        this.#uses++;
        if (this.isShaky && this.#uses % 2 === 0) throw new Error('no answer in time');
        return [1, 0, '0'];
      },
    };
    return client as unknown as Redis;
  }

  #expectUp(): void {
    if (this.isDown) throw new Error('Redis is down');
  }
}
