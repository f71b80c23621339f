import type { AddressesStore } from '@weir/dynamodb/addresses';
import type { BudgetDeps } from '../../http/answers/or-unavailable.ts';
import type { Cursors } from '../../http/requests/cursor.ts';

/** Dependencies of the routes of addresses. */
export interface AddressesDeps extends BudgetDeps {
  readonly addresses: Pick<
    AddressesStore,
    'addAddress' | 'findAddress' | 'listAddresses' | 'setReceives' | 'endAddress' | 'removeAddress'
  >;
  readonly cursors: Cursors;
  readonly now: () => number;
  /** Returns random bytes that are good enough for a secret to unsubscribe. */
  readonly random: () => Uint8Array;
}
