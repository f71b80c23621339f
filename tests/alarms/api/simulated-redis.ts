import type { Redis } from 'ioredis';

/** A Redis that gives every token asked for, and may be out of reach. */
export class SimulatedRedis {
  isDown = false;
  /** While true, every second use fails: the connection after it is made. */
  isShaky = false;
  #uses = 0;

  /** A client that is not connected yet, with what limiting asks of one. */
  createClient(): Redis {
    const client = {
      status: 'wait',
      connect: async () => this.#expectUp(),
      disconnect: () => undefined,
      // The command of the limiter's script; a full bucket answers so.
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
