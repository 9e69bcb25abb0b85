/** What `migrate up|down [--to NAME | --count N]` asks for, in the terms of node-pg-migrate. */
import { parseArgs } from 'node:util';

export interface MigrationPlan {
  direction: 'up' | 'down';
  /** Absent: the library's default, all for up and one for down. A number of migrations, or their numeric prefix. */
  count?: number;
  /** Whether `count` is the numeric prefix up to which (up) or down to which (down) migrations run. */
  timestamp: boolean;
}

/** `names` are the migrations that exist; NAME may be a whole name or its number, and stays applied either way. */
export function planMigration(args: string[], names: string[]): MigrationPlan {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { to: { type: 'string' }, count: { type: 'string' } },
  });
  const [direction, ...surplus] = positionals;
  if ((direction !== 'up' && direction !== 'down') || surplus.length > 0) {
    throw new Error(`expected one verb, up or down; got "${positionals.join(' ')}"`);
  }
  if (values.to !== undefined && values.count !== undefined) throw new Error('give --to or --count, not both');
  if (values.count !== undefined) return { direction, count: parseCount(values.count), timestamp: false };
  if (values.to === undefined) return { direction, timestamp: false };
  const last = names.find((name) => name === values.to || name.split('_')[0] === values.to);
  if (last === undefined) throw new Error(`--to ${values.to}: no such migration; there are ${names.join(', ')}`);
  const number = Number.parseInt(last, 10);
  return { direction, count: direction === 'up' ? number : number + 1, timestamp: true };
}

function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--count ${text}: expected a whole number of migrations, 1 or more`);
  return Number(text);
}
