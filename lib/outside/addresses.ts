import type { lookup as systemLookup } from 'node:dns';
import { BlockList, type IPVersion, isIP, type LookupFunction } from 'node:net';
import { Unreached } from './outside.ts';

/** An outside system's endpoint, and what its record allows beyond public HTTPS. */
export type Endpoint = { url: string; plainHttp: boolean; privateAddresses: boolean };

/** `encrypted`: the connection uses TLS or SSH. `secrets`: the call carries secrets. */
type Connection = { host: string; encrypted: boolean; secrets: boolean };

/**
 * The DNS look-up for a connection; undefined if every address is allowed. Throws `Unreached` if
 * the endpoint's own address is not. Secrets go over an unencrypted connection to private
 * addresses only.
 */
export function guarded(
  { plainHttp, privateAddresses }: Endpoint,
  { host, encrypted, secrets }: Connection,
  lookup: typeof systemLookup,
): LookupFunction | undefined {
  const isAllowed = (address: string) =>
    (privateAddresses || !isPrivate(address)) && (encrypted || !secrets || isPrivate(address));
  if (!encrypted && !plainHttp) throw new Unreached('address-refused');
  if (isIP(host) && !isAllowed(host)) throw new Unreached('address-refused');
  return privateAddresses && (encrypted || !secrets) ? undefined : checked(lookup, isAllowed);
}

/** Connects to the address that was checked, because a second look-up could answer otherwise. */
const checked =
  (lookup: typeof systemLookup, isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) return done(error ?? new Error('no address'), '');
      if (!addresses.every(({ address }) => isAllowed(address)))
        return done(new Unreached('address-refused'), '');
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });

/**
 * Addresses outside the public Internet (IANA's special-purpose registries). One list per family:
 * in a common one `::/3` would match all of IPv4.
 */
const special = {
  ipv4: blockList('ipv4', [
    ...[
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.0.0.0/24',
      '192.0.2.0/24',
    ],
    ...[
      '192.88.99.0/24',
      '192.168.0.0/16',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '224.0.0.0/4',
      '240.0.0.0/4',
    ],
  ]),
  // Everything but global unicast (so also IPv4 in its IPv6 notations), and the ranges that lead
  // to an IPv4 address: Teredo, 6to4.
  ipv6: blockList('ipv6', [
    '::/3',
    '4000::/2',
    '8000::/1',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
  ]),
};

function blockList(family: IPVersion, subnets: string[]) {
  const list = new BlockList();
  for (const subnet of subnets)
    list.addSubnet(
      subnet.slice(0, subnet.indexOf('/')),
      Number(subnet.slice(subnet.indexOf('/') + 1)),
      family,
    );
  return list;
}

/** Takes an address, not a name. */
export function isPrivate(host: string) {
  const family = ({ 4: 'ipv4', 6: 'ipv6' } as const)[isIP(host)];
  return family !== undefined && special[family].check(host, family);
}
