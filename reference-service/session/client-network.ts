/** The network that an address belongs to: what one customer of a provider has, so that it cannot be changed at will. */
import { isIPv6 } from 'node:net';

const groupsOfAddress = 8;
/** 64 bits: the least that is given to a customer, who may use any address in it (RFC 6177). */
const groupsOfNetwork = 4;
const mappedIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An IPv4 address is its own network; of an IPv6 address the first 64 bits are. */
export function clientNetwork(address: string): string {
  const mapped = mappedIpv4.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return plain;
  const [left = '', right] = plain.split('::');
  const leading = left === '' ? [] : left.split(':');
  const trailing = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: groupsOfAddress - leading.length - trailing.length }, () => '0');
  const groups = [...leading, ...(right === undefined ? [] : zeros), ...trailing];
  return groups
    .slice(0, groupsOfNetwork)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
