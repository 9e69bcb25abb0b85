/** Starts a server of a system: as the servers' user, logged in its folder, and on the list of its processes from the first moment. */
import { baseEnvironment } from '../processes/base-environment.ts';
import { spawnServer, type ServerProcess } from '../processes/server-process.ts';
import type { ServerUser } from '../processes/server-user.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import type { ProcessRecord } from '../state/system-state.ts';

export interface LaunchOptions {
  name: string;
  kind: ProcessRecord['kind'];
  /** Of the log file; the server's name unless given. */
  logName?: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Instead of the servers' user; null: as ourselves. */
  user?: ServerUser | null;
}

export function launchServer(folder: SystemFolder, options: LaunchOptions): ServerProcess {
  const server = spawnServer({
    name: options.name,
    command: options.command,
    args: options.args,
    env: { ...baseEnvironment(), ...options.env },
    cwd: options.cwd ?? folder.path,
    logFile: folder.logFile(options.logName ?? options.name),
    user: options.user === undefined ? folder.user : options.user,
  });
  folder.recordProcess({ ...server, kind: options.kind });
  return server;
}
