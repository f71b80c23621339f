import ipaddr from 'ipaddr.js';

/** Addresses that `ipaddr.js` calls unicast, and that no webhook may reach. */
const REFUSED = [
  // IPv4 addresses in an old form of IPv6 (RFC 4291, 2.5.5.1): ::127.0.0.1.
  ['::', 96],
  // The inside of Azure's machines answers here.
  ['168.63.129.16', 32],
] as const;

/** Whether an address is one of the public internet's, of one machine. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address inside an IPv6 one becomes what it is.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !REFUSED.some(([network, bits]) => isInside(parsed, network, bits));
}

/** Whether an address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6, network: string, bits: number): boolean {
  const other = ipaddr.parse(network);
  return address.kind() === other.kind() && address.match(other, bits);
}
