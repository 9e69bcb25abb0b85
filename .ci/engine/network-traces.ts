/** What an engine changes in the machine's network, and how it is taken back: dockerd itself leaves its bridge and rules. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { runCommand } from '../../harness/environment/processes/run-command.ts';
import { systemPath } from './install-packages.ts';

/** The network before our engine started. */
export const networkSchema = z.object({
  /** Another engine has been here: then bridge and rules are not ours to remove. */
  hadBridge: z.boolean(),
  forwarding: z.string(),
  forwardPolicy: z.string(),
});
export type NetworkBefore = z.infer<typeof networkSchema>;

const BRIDGE = 'docker0';
const FORWARDING = '/proc/sys/net/ipv4/ip_forward';
/** Chains and rules that name one of these were made by the engine. */
const MARK = /\b(DOCKER\S*|docker0|br-[0-9a-f]{12})\b/;

export async function noteNetwork(): Promise<NetworkBefore> {
  const rules = await run('iptables', ['--list-rules', 'FORWARD']);
  return {
    hadBridge: await hasBridge(),
    forwarding: readFileSync(FORWARDING, 'utf8').trim(),
    forwardPolicy: /^-P FORWARD (\w+)/m.exec(rules)?.[1] ?? 'ACCEPT',
  };
}

export async function removeNetwork(before: NetworkBefore): Promise<void> {
  if (before.hadBridge) return;
  for (const [program, save] of [
    ['iptables', 'iptables-save'],
    ['ip6tables', 'ip6tables-save'],
  ] as const) {
    for (const args of undoRules(await run(save, []))) await run(program, args);
  }
  await run('iptables', ['--policy', 'FORWARD', before.forwardPolicy]);
  if (await hasBridge()) await run('ip', ['link', 'delete', BRIDGE]);
  writeFileSync(FORWARDING, before.forwarding);
}

/** By the links of this network namespace, which /sys may not be of. */
async function hasBridge(): Promise<boolean> {
  return new RegExp(`^\\d+: ${BRIDGE}:`, 'm').test(await run('ip', ['-oneline', 'link', 'show']));
}

/** The commands that remove every rule and chain of an engine from what iptables-save prints; rules before chains. */
export function undoRules(saved: string): string[][] {
  const rules: string[][] = [];
  const chains: string[][] = [];
  let table = '';
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1);
    if (!MARK.test(line)) continue;
    const [, chain] = /^:(\S+)/.exec(line) ?? [];
    if (chain !== undefined) chains.push(['--table', table, '--delete-chain', chain]);
    if (line.startsWith('-A ')) rules.push(['--table', table, '--delete', ...wordsOf(line.slice(3))]);
  }
  // The masquerading of a network names its bridge, so each of the rules carries a mark.
  return [...rules, ...chains];
}

/** iptables-save quotes comments. */
function wordsOf(rule: string): string[] {
  return (rule.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
}

async function run(command: string, args: string[]): Promise<string> {
  const outcome = await runCommand({ command, args, env: { ...process.env, PATH: systemPath() } });
  if (outcome.exitCode === 0) return outcome.stdout;
  throw new Error(`"${[command, ...args].join(' ')}" failed: ${outcome.tail.join(' ')}`);
}
