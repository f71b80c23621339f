import { ErasedUsers } from '@weir/events';

/** A user whose lines are erased: the lines with this id that arrived before `until` (epoch milliseconds). */
export interface Person {
  /** Index among the members of a pass. */
  readonly member: number;
  readonly userId: string;
  readonly until: number;
}

/** Users who are erased together, in the order of the queue. */
export class People {
  readonly #byId: ReadonlyMap<string, Person>;
  /** By the bytes of their ids, one character for each byte. */
  readonly #byBytes: ReadonlyMap<string, Person>;
  #users: ErasedUsers | undefined;

  constructor(people: readonly Person[]) {
    this.#byId = new Map(people.map((person) => [person.userId, person]));
    this.#byBytes = new Map(people.map((person) => [Buffer.from(person.userId).toString('latin1'), person]));
  }

  get size(): number {
    return this.#byId.size;
  }

  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  /** The user to whom an event with this id and arrival belongs. */
  find(userId: unknown, arrival: number): Person | undefined {
    const person = this.#byId.get(userId as string);
    return person && arrival < person.until ? person : undefined;
  }

  /** Whether the bytes of an id, as Latin-1 text, are the id of one of these users. */
  hasBytes(latin1: string): boolean {
    return this.#byBytes.has(latin1);
  }

  /** The form that `eraseFromPayload` needs. Few passes need it. */
  get users(): ErasedUsers {
    this.#users ??= new ErasedUsers(this.#byId.keys());
    return this.#users;
  }
}

/** Number of erased lines, records or items for each member, by its index. */
export class MemberCounts {
  readonly counts = new Map<number, number>();

  add(member: number, items = 1): void {
    this.counts.set(member, (this.counts.get(member) ?? 0) + items);
  }
}
