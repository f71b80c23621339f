import type { LookupFunction } from 'node:net';

/**
 * Connects to one address, whatever the name server says by now. The name of the host stays the one that TLS asks for
 * and verifies.
 */
export function pinTo(address: string): LookupFunction {
  return (_host, { all }, callback) => {
    if (all === true) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  };
}
