import { ErasedUsers } from '@weir/events';

/** Somebody whose lines are erased: those under their id that arrived before `until` (epoch milliseconds). */
export interface Person {
  /** Their place among the members of a pass. */
  readonly member: number;
  readonly userId: string;
  readonly until: number;
}

/** People who are erased together, in the order in which they waited. */
export class People {
  readonly #byId: ReadonlyMap<string, Person>;
  /** By the bytes of their ids, a character each. */
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

  /** Whose what arrived then is, by an id that was sent. */
  find(userId: unknown, arrival: number): Person | undefined {
    const person = this.#byId.get(userId as string);
    return person && arrival < person.until ? person : undefined;
  }

  /** Whether the bytes of an id, as text in Latin-1, are one of theirs. */
  hasBytes(latin1: string): boolean {
    return this.#byBytes.has(latin1);
  }

  /** As `eraseFromPayload` takes them: few passes come to what needs it. */
  get users(): ErasedUsers {
    this.#users ??= new ErasedUsers(this.#byId.keys());
    return this.#users;
  }
}

/** How many lines, records or items were whose, by their places among the members. */
export class MemberCounts {
  readonly counts = new Map<number, number>();

  add(member: number, items = 1): void {
    this.counts.set(member, (this.counts.get(member) ?? 0) + items);
  }
}
