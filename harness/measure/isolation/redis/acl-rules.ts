/** Reads lines of Redis' `ACL LIST` (Redis documentation, "ACL"): users, and the rules that confine them. */

export interface AclUser {
  name: string;
  enabled: boolean;
  /** Any password is accepted. */
  withoutPassword: boolean;
  /** What it may do: keys, channels, commands, selectors; as `ACL SETUSER` takes them. */
  rules: string[];
  keyPatterns: string[];
}

const words = /\([^)]*\)|\S+/g;
/** Of the user, not of what it may do. */
const attributes = new Set(['on', 'off', 'nopass', 'sanitize-payload', 'skip-sanitize-payload']);
const keyPattern = /(?:^|\s|\()(?:%[RW]+)?~(\S+?)(?=\)|\s|$)/g;
const everyKey = /(?:^|[\s(])allkeys(?=$|[\s)])/;

export function parseAclUser(line: string): AclUser {
  const [kind, name, ...tokens] = line.match(words) ?? [];
  if (kind !== 'user' || name === undefined) throw new Error(`not a line of ACL LIST: ${line.slice(0, 40)}`);
  const rules = tokens.filter((token) => !attributes.has(token) && !token.startsWith('#'));
  const patterns = rules.flatMap((rule) => [
    ...[...rule.matchAll(keyPattern)].map(([, pattern = '']) => pattern),
    ...(everyKey.test(rule) ? ['*'] : []),
  ]);
  return {
    name,
    enabled: tokens.includes('on'),
    withoutPassword: tokens.includes('nopass'),
    rules,
    keyPatterns: patterns,
  };
}
