/** The private folder of one system while it is in use: data, logs, secrets, and the list of its processes. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemSchema, type System } from '../../model/system.ts';
import { identifySelf, type ProcessIdentity } from '../processes/process-identity.ts';
import { chooseServerUser, type ServerUser } from '../processes/server-user.ts';
import {
  markReleased,
  isStopping,
  processNamespace,
  readJson,
  readState,
  stateFile,
  systemFile,
  writeJson,
  type ProcessRecord,
  type SystemState,
} from './system-state.ts';
import { requireStateRoot } from './state-root.ts';

export class SystemFolder {
  readonly path: string;
  /** Who the servers run as; null: as ourselves. */
  readonly user: ServerUser | null;

  private constructor(folder: string, user: ServerUser | null) {
    this.path = folder;
    this.user = user;
  }

  /** Makes a new folder, at once marked as ours so that a later run finds it whatever happens to us. */
  static create(keep: boolean, onEngine = false): SystemFolder {
    const user = chooseServerUser();
    const started = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const folder = new SystemFolder(mkdtempSync(path.join(requireStateRoot(), `${started}-`)), user);
    if (user !== null) chmodSync(folder.path, 0o711);
    const state: SystemState = {
      schemaVersion: 1,
      id: path.basename(folder.path),
      harness: identifySelf(),
      keep,
      processNamespace: processNamespace(),
      onEngine,
      processes: [],
    };
    writeJson(stateFile(folder.path), state);
    mkdirSync(path.join(folder.path, 'logs'), { mode: 0o700 });
    for (const name of ['secrets', 'config']) folder.makeServerFolder(name);
    return folder;
  }

  /** Takes a folder that another program of ours made. */
  static open(folder: string): SystemFolder {
    return new SystemFolder(folder, chooseServerUser());
  }

  /** For whoever made it; the system of another program stays that program's. */
  markReleased(): void {
    const harness = readState(this.path)?.harness;
    if (harness?.pid === identifySelf().pid) markReleased(this.path);
  }

  get id(): string {
    return path.basename(this.path);
  }

  /** A folder that only the servers' user may enter. */
  makeServerFolder(name: string): string {
    const folder = path.join(this.path, name);
    mkdirSync(folder, { mode: 0o700 });
    if (this.user !== null) chownSync(folder, this.user.uid, this.user.gid);
    return folder;
  }

  /** A file that only the servers' user (and we) may read. */
  writeServerFile(name: string, content: string): string {
    const file = path.join(this.path, name);
    writeFileSync(file, content, { mode: 0o600 });
    if (this.user !== null) chownSync(file, this.user.uid, this.user.gid);
    return file;
  }

  /** `name` is a path in the tree of secrets. */
  secretPath(name: string): string {
    return path.join(this.path, 'secrets', name);
  }

  readSecret(name: string): string {
    return readFileSync(this.secretPath(name), 'utf8').trim();
  }

  logFile(name: string): string {
    return path.join(this.path, 'logs', `${name.replaceAll(':', '-')}.log`);
  }

  processes(): ProcessRecord[] {
    return readState(this.path)?.processes ?? [];
  }

  /** Whether this process is meant to run: it is on the list, and nobody is stopping the system. */
  isWanted(identity: ProcessIdentity): boolean {
    const state = readState(this.path);
    return state !== null && !isStopping(this.path) && state.processes.some(({ pid }) => pid === identity.pid);
  }

  /** Whether the system is being stopped, or has been: its folder is gone then. */
  isStopping(): boolean {
    return isStopping(this.path);
  }

  recordProcess(record: ProcessRecord): void {
    const { pid, startTime, name, kind, logFile } = record;
    this.changeProcesses((processes) => [...processes, { pid, startTime, name, kind, logFile }]);
  }

  /** Called before a process is stopped: whoever watches it then knows that it did not die. */
  forgetProcess(identity: ProcessIdentity): void {
    this.changeProcesses((processes) => processes.filter((process) => process.pid !== identity.pid));
  }

  private changeProcesses(change: (processes: ProcessRecord[]) => ProcessRecord[]): void {
    const state = readState(this.path);
    if (state === null) return; // stopped and removed by another program
    writeJson(stateFile(this.path), { ...state, processes: change(state.processes) });
  }

  /** As whoever changed it last wrote it; null before the first time. */
  readSystem(): System | null {
    return readJson(systemFile(this.path), systemSchema);
  }

  writeSystem(system: System): void {
    if (readState(this.path) !== null) writeJson(systemFile(this.path), system);
  }
}
