/** The most addresses that callers may add to a stage. */
export const MAX_ADDRESSES = 1_000;

/** So long after an erasure the table still knows that nothing may be mailed to an address. */
export const ERASED_ADDRESS_KEPT_MS = 90 * 24 * 60 * 60_000;

/** Only an active address gets mail. */
export type AddressStatus = 'active' | 'unsubscribed' | 'bounced' | 'complained' | 'erased';

/** An address as it is added. */
export interface NewAddress {
  /** By `addressIdOf`. */
  readonly id: string;
  readonly address: string;
  /** The types of messages that it gets. Rules of alerts name addresses themselves. */
  readonly receives: readonly string[];
  /** A part of the link by which its owner ends all mails. No answer of the API shows it. */
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** An address that gets mail, or must not. */
export interface Address extends Omit<NewAddress, 'address' | 'secret'> {
  /** Undefined of an erased one; so is the secret. */
  readonly address: string | undefined;
  readonly secret: string | undefined;
  readonly status: AddressStatus;
  /** What a mail server said, for people. Only of one that bounced or complained. */
  readonly reason: string | undefined;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** How an address ends. */
export interface AddressEnd {
  readonly status: Exclude<AddressStatus, 'active' | 'erased'>;
  readonly reason?: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** One page of addresses, by id. */
export interface AddressesPage {
  readonly addresses: readonly Address[];
  /** The id after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

/** Who gets mail. Reads are consistent, and each write is conditional. */
export interface AddressesStore {
  /**
   * Adds an active address. `exists` if its id is there, whatever its status; `full` if there are `most` addresses
   * already. Callers that come at the same time may go a few over that.
   */
  addAddress(address: NewAddress, most: number): Promise<'added' | 'exists' | 'full'>;
  findAddress(id: string): Promise<Address | undefined>;
  listAddresses(page: { readonly after: string | undefined; readonly limit: number }): Promise<AddressesPage>;
  /** The active addresses that get the messages of a type. */
  listReceivers(type: string): Promise<readonly Address[]>;
  /** Changes what an active address gets. Undefined if it is not active, or gone. */
  setReceives(id: string, receives: readonly string[], at: number): Promise<Address | undefined>;
  /** Ends an active address. False if it is not active, or gone: the first reason stays. */
  endAddress(id: string, end: AddressEnd): Promise<boolean>;
  /**
   * Forgets an address of whatever status, and keeps only that nothing may be mailed to it: also of one that was never
   * added. True if there was something to forget.
   */
  eraseAddress(id: string, at: number): Promise<boolean>;
  /** The ids of erased addresses. */
  listErased(): Promise<ReadonlySet<string>>;
  /** False if there was none. */
  removeAddress(id: string): Promise<boolean>;
}
