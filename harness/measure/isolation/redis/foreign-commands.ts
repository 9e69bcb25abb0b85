/** Commands on keys outside the service's namespace, one for each way in: they are really sent, on keys planted for them. */
import type { ProbeKeys } from './probe-keys.ts';

export interface ForeignCommand {
  /** Names the probe. */
  what: string;
  command: (keys: ProbeKeys) => string[];
  /** The same within the namespace, where the service's user may do it. */
  owned?: (keys: ProbeKeys) => string[];
}

const read: ForeignCommand[] = [
  { what: 'GET', command: (k) => ['GET', k.text], owned: (k) => ['GET', k.own] },
  { what: 'GET of a neighbour', command: (k) => ['GET', k.neighbour], owned: (k) => ['GET', k.own] },
  {
    what: 'SET of a neighbour',
    command: (k) => ['SET', k.neighbour, 'planted'],
    owned: (k) => ['SET', k.own, 'planted'],
  },
  { what: 'MGET', command: (k) => ['MGET', k.text], owned: (k) => ['MGET', k.own] },
  { what: 'MGET together with an own key', command: (k) => ['MGET', k.own, k.text], owned: (k) => ['MGET', k.own] },
  { what: 'GETRANGE', command: (k) => ['GETRANGE', k.text, '0', '-1'] },
  { what: 'STRLEN', command: (k) => ['STRLEN', k.text] },
  { what: 'GETBIT', command: (k) => ['GETBIT', k.text, '1'] },
  { what: 'GETDEL', command: (k) => ['GETDEL', k.text] },
  { what: 'GETEX', command: (k) => ['GETEX', k.text] },
  { what: 'LCS', command: (k) => ['LCS', k.own, k.text] },
  { what: 'EXISTS', command: (k) => ['EXISTS', k.text] },
  { what: 'TYPE', command: (k) => ['TYPE', k.text] },
  { what: 'TTL', command: (k) => ['TTL', k.text] },
  { what: 'DUMP', command: (k) => ['DUMP', k.text] },
  { what: 'OBJECT ENCODING', command: (k) => ['OBJECT', 'ENCODING', k.text] },
  { what: 'MEMORY USAGE', command: (k) => ['MEMORY', 'USAGE', k.text] },
  { what: 'SORT', command: (k) => ['SORT', k.list, 'BY', 'nosort'] },
  { what: 'SORT with GET of a pattern', command: (k) => ['SORT', k.list, 'BY', 'nosort', 'GET', `${k.prefix}*`] },
  { what: 'HGETALL', command: (k) => ['HGETALL', k.hash] },
  { what: 'LRANGE', command: (k) => ['LRANGE', k.list, '0', '-1'] },
  { what: 'SMEMBERS', command: (k) => ['SMEMBERS', k.set] },
  { what: 'SINTER with an own key', command: (k) => ['SINTER', k.set, `${k.own}:set`] },
  { what: 'ZRANGE', command: (k) => ['ZRANGE', k.sortedSet, '0', '-1'] },
  { what: 'XRANGE', command: (k) => ['XRANGE', k.stream, '-', '+'] },
  { what: 'XREAD', command: (k) => ['XREAD', 'STREAMS', k.stream, '0'] },
  { what: 'PFCOUNT', command: (k) => ['PFCOUNT', k.count] },
];

const write: ForeignCommand[] = [
  { what: 'SET', command: (k) => ['SET', k.text, 'planted'], owned: (k) => ['SET', k.own, 'planted'] },
  { what: 'SET with GET', command: (k) => ['SET', k.text, 'planted', 'GET'] },
  { what: 'MSET together with an own key', command: (k) => ['MSET', k.own, 'planted', k.text, 'planted'] },
  { what: 'SETNX', command: (k) => ['SETNX', `${k.prefix}new`, 'planted'] },
  { what: 'APPEND', command: (k) => ['APPEND', k.text, 'planted'] },
  { what: 'SETRANGE', command: (k) => ['SETRANGE', k.text, '0', 'x'] },
  { what: 'INCRBY', command: (k) => ['INCRBY', k.number, '1'], owned: (k) => ['INCRBY', `${k.own}:number`, '1'] },
  { what: 'EXPIRE', command: (k) => ['EXPIRE', k.text, '60'], owned: (k) => ['EXPIRE', k.own, '60'] },
  { what: 'PERSIST', command: (k) => ['PERSIST', k.text] },
  { what: 'DEL', command: (k) => ['DEL', k.text] },
  { what: 'UNLINK', command: (k) => ['UNLINK', k.text] },
  { what: 'RENAME to an own key', command: (k) => ['RENAME', k.text, k.own] },
  { what: 'RENAME of an own key', command: (k) => ['RENAME', k.own, k.text] },
  { what: 'COPY to an own key', command: (k) => ['COPY', k.text, k.own, 'REPLACE'] },
  { what: 'COPY of an own key', command: (k) => ['COPY', k.own, k.text, 'REPLACE'] },
  { what: 'SORT with STORE', command: (k) => ['SORT', k.list, 'BY', 'nosort', 'STORE', k.own] },
  { what: 'HSET', command: (k) => ['HSET', k.hash, 'field', 'planted'] },
  { what: 'LPUSH', command: (k) => ['LPUSH', k.list, 'planted'] },
  { what: 'LMOVE to an own key', command: (k) => ['LMOVE', k.list, `${k.own}:list`, 'LEFT', 'LEFT'] },
  { what: 'SADD', command: (k) => ['SADD', k.set, 'planted'] },
  { what: 'SUNIONSTORE to an own key', command: (k) => ['SUNIONSTORE', `${k.own}:set`, k.set] },
  { what: 'ZADD', command: (k) => ['ZADD', k.sortedSet, '1', 'planted'] },
  { what: 'ZUNIONSTORE to an own key', command: (k) => ['ZUNIONSTORE', `${k.own}:sorted`, '1', k.sortedSet] },
  { what: 'XADD', command: (k) => ['XADD', k.stream, '*', 'field', 'planted'] },
  { what: 'BITOP to an own key', command: (k) => ['BITOP', 'NOT', k.own, k.text] },
  { what: 'PFMERGE to an own key', command: (k) => ['PFMERGE', `${k.own}:count`, k.count] },
];

const scripts: ForeignCommand[] = [
  {
    what: 'EVAL that reads a declared key',
    command: (k) => ['EVAL', "return redis.call('GET', KEYS[1])", '1', k.text],
  },
  {
    what: 'EVAL that reads an undeclared key',
    command: (k) => ['EVAL', "return redis.call('GET', ARGV[1])", '0', k.text],
  },
  { what: 'EVAL_RO', command: (k) => ['EVAL_RO', "return redis.call('GET', KEYS[1])", '1', k.text] },
  { what: 'SCRIPT LOAD', command: () => ['SCRIPT', 'LOAD', 'return 1'] },
];

/** Nothing names a key, and everything may come back. */
const wide: ForeignCommand[] = [
  { what: 'SCAN', command: () => ['SCAN', '0', 'COUNT', '10'] },
  { what: 'SCAN with a pattern of the namespace', command: () => ['SCAN', '0', 'MATCH', 'tenant:*', 'COUNT', '10'] },
  { what: 'RANDOMKEY', command: () => ['RANDOMKEY'] },
  { what: 'PUBLISH', command: (k) => ['PUBLISH', `${k.prefix}channel`, 'planted'] },
  { what: 'PUBLISH to a channel of the namespace', command: (k) => ['PUBLISH', `${k.own}:channel`, 'planted'] },
];

export const foreignCommands: readonly ForeignCommand[] = [...read, ...write, ...scripts, ...wide];
