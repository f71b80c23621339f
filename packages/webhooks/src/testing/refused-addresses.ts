import ipaddr from 'ipaddr.js';

/** Blocks of IPv4 that are not the public internet's, by IANA's registry of special addresses, and two of clouds. */
const BLOCKS = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '255.255.255.255/32'],
  '168.63.129.16/32',
];

/** Addresses that matter most: metadata of clouds, containers and Lambda, and the resolver of a VPC. */
const KNOWN = [
  ...['169.254.169.254', '169.254.170.2', '169.254.170.23', '169.254.169.253', '169.254.100.1', '169.254.100.5'],
  ...['100.100.100.200', '192.0.0.192', '10.0.0.2', '172.17.0.1', '192.168.1.1'],
];

const IPV6 = [
  ...['::', '::1', '::2', 'fe80::1', 'febf::1', 'fe80::1%eth0', 'fec0::1', 'feff::1', 'fc00::1', 'fd00:ec2::254'],
  ...['fd00:ec2::253', 'fdff::1', 'ff02::1', 'ff00::', 'ffff::1', '100::1', '2001::1', '2001:2::1', '2001:3::1'],
  ...['2001:4:112::1', '2620:4f:8000::1', '2001:10::1', '2001:20::1', '2001:30::1', '2001:1ff::1', '2001:db8::1'],
  ...['3fff::1', '5f00::1', '2002:7f00:1::', '2002:a9fe:a9fe::', '64:ff9b::127.0.0.1', '64:ff9b::8.8.8.8'],
  ...['64:ff9b:1::1', '::ffff:0:127.0.0.1', '0:0:0:0:0:ffff:7f00:1', '0:0:0:0:0:0:7f00:1'],
];

/** Addresses that no webhook may reach. */
export const refusedAddresses: readonly string[] = [...new Set([...inBlocks(), ...KNOWN, ...ipv6Forms(), ...IPV6])];

/** Public addresses, most of them beside a block that is refused. */
export const PUBLIC_ADDRESSES = [
  ...['1.0.0.0', '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'],
  ...['128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.0.3.0'],
  ...['192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '198.51.101.0', '203.0.114.0'],
  ...['223.255.255.255', '168.63.129.15', '168.63.129.17', '52.95.110.1'],
];

/** Hosts of URLs that are an IPv4 address in a form of old, all of which a URL parser understands. */
export const refusedHosts: readonly string[] = ['127.0.0.1', '169.254.169.254', '10.0.0.1', '192.168.1.1'].flatMap(
  (address) => {
    const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
    const hex = (value: number) => `0x${value.toString(16)}`;
    const octal = (value: number) => `0${value.toString(8)}`;
    const whole = ((a * 256 + b) * 256 + c) * 256 + d;
    return [
      ...[address, `${address}.`, String(whole), hex(whole), octal(whole)],
      ...[`${a}.${(b * 256 + c) * 256 + d}`, `${a}.${b}.${c * 256 + d}`, [a, b, c, d].map(hex).join('.')],
      ...[[a, b, c, d].map(octal).join('.'), `${hex(a)}.${octal(b)}.${c}.${d}`, address.replaceAll('.', '%2e')],
      ...[address.replaceAll('.', '。'), address.replaceAll('1', '１'), address.replaceAll('0', '⓪')],
    ];
  },
);

function inBlocks(): string[] {
  return BLOCKS.flatMap((block) => {
    const [network, bits] = ipaddr.IPv4.parseCIDR(block);
    const size = 2 ** (32 - bits);
    const first = toNumber(network.octets);
    const offsets = [0, 1, Math.floor(size / 2), size - 1];
    return offsets.map((offset) => toText(first + Math.min(offset, size - 1)));
  });
}

/** The same as IPv6, mapped and in the form before that. */
function ipv6Forms(): string[] {
  return [...inBlocks(), ...KNOWN].flatMap((address) => [`::ffff:${address}`, `::${address}`]);
}

function toNumber(octets: readonly number[]): number {
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
