/** The command line and the environment of `provision` as a request; every mistake is told, not just the first. */
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../configuration/read-configuration.ts';
import { readVariables } from '../configuration/read-variables.ts';
import { provisioningSettingsSchema, type ProvisioningSettings } from './provisioning-settings.ts';

export const commandNames = ['secrets', 'database', 'vault', 'tenants'] as const;
export type CommandName = (typeof commandNames)[number];

/** Compose and its like start servers and operators' programs together. */
const defaultWaitSeconds = '30';

export interface ProvisioningRequest {
  commands: CommandName[];
  secretsDirectory: string;
  /** How long a server that is still starting may take to answer. */
  waitMs: number;
  settings: ProvisioningSettings;
}

/** Throws a ConfigurationError. null: only the usage is asked for. */
export function readRequest(args: string[], environment: NodeJS.ProcessEnv): ProvisioningRequest | null {
  const { commands, directories, waits, help, problems: mistakes } = readCommandLine(args);
  if (help) return null;
  const [secretsDirectory] = directories;
  if (directories.length !== 1 || secretsDirectory === '') mistakes.push('give --secrets DIR, once');
  const [waitSeconds = defaultWaitSeconds] = waits;
  if (waits.length > 1 || !/^\d{1,4}$/.test(waitSeconds)) mistakes.push('--wait takes a whole number of seconds, once');
  if (commands.length === 0) mistakes.push(`no command is given; there are ${commandNames.join(', ')}`);
  const { data: settings, problems } = readVariables(provisioningSettingsSchema, environment);
  const all = [...mistakes, ...problems];
  if (settings === undefined || secretsDirectory === undefined || all.length > 0) throw new ConfigurationError(all);
  return { commands, secretsDirectory, waitMs: Number(waitSeconds) * 1000, settings };
}

/** parseArgs is lenient here and its tokens are checked, because its strict mode stops at the first mistake. */
function readCommandLine(args: string[]) {
  const value = { type: 'string' as const };
  const options = { secrets: value, wait: value, help: { type: 'boolean' as const } };
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const commands = new Set<CommandName>();
  const directories: string[] = [];
  const waits: string[] = [];
  const problems: string[] = [];
  let help = false;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const command = commandNames.find((name) => name === token.value);
      if (command === undefined) problems.push(`"${token.value}" is no command; there are ${commandNames.join(', ')}`);
      else commands.add(command);
    } else if (token.kind === 'option' && token.rawName === '--help') help = true;
    else if (token.kind === 'option' && token.rawName === '--secrets') directories.push(token.value ?? '');
    else if (token.kind === 'option' && token.rawName === '--wait') waits.push(token.value ?? '');
    else if (token.kind === 'option') problems.push(`there is no flag ${token.rawName}`);
  }
  return { commands: [...commands], directories, waits, help, problems };
}
