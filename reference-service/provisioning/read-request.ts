/** The command line and the environment of `provision` as a request; every mistake is told, not just the first. */
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../configuration/read-configuration.ts';
import { readVariables } from '../configuration/read-variables.ts';
import { provisioningSettingsSchema, type ProvisioningSettings } from './provisioning-settings.ts';

export const commandNames = ['secrets', 'database', 'vault', 'tenants'] as const;
export type CommandName = (typeof commandNames)[number];

export interface ProvisioningRequest {
  commands: CommandName[];
  secretsDirectory: string;
  settings: ProvisioningSettings;
}

/** Throws a ConfigurationError. null: only the usage is asked for. */
export function readRequest(args: string[], environment: NodeJS.ProcessEnv): ProvisioningRequest | null {
  const { commands, secretsDirectory, help, problems: mistakes } = readCommandLine(args);
  if (help) return null;
  const { data: settings, problems } = readVariables(provisioningSettingsSchema, environment);
  const all = [...mistakes, ...problems];
  if (settings === undefined || secretsDirectory === null || all.length > 0) throw new ConfigurationError(all);
  return { commands, secretsDirectory, settings };
}

/** parseArgs is lenient here and its tokens are checked, because its strict mode stops at the first mistake. */
function readCommandLine(args: string[]) {
  const options = { secrets: { type: 'string' as const }, help: { type: 'boolean' as const } };
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const commands = new Set<CommandName>();
  const directories: string[] = [];
  const problems: string[] = [];
  let help = false;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const command = commandNames.find((name) => name === token.value);
      if (command === undefined) problems.push(`"${token.value}" is no command; there are ${commandNames.join(', ')}`);
      else commands.add(command);
    } else if (token.kind === 'option' && token.rawName === '--help') help = true;
    else if (token.kind === 'option' && token.rawName === '--secrets') directories.push(token.value ?? '');
    else if (token.kind === 'option') problems.push(`there is no flag ${token.rawName}`);
  }
  const [secretsDirectory = null] = directories;
  if (commands.size === 0) problems.push(`no command is given; there are ${commandNames.join(', ')}`);
  if (directories.length !== 1 || secretsDirectory === '') problems.push('give --secrets DIR, once');
  return { commands: [...commands], secretsDirectory, help, problems };
}
