/** Checks every prerequisite of a run, quickly and without changing anything: found what, where, good or not, and what mends it. */
import type { Prerequisite } from '../model/run-record.ts';
import { checkClock } from './doctor/check-clock.ts';
import { checkContainerEngine } from './doctor/check-container-engine.ts';
import { checkAccount, checkCpu, checkFileLimit, checkMemory, checkNode } from './doctor/check-machine.ts';
import { checkDisks } from './doctor/check-disk.ts';
import { checkPorts } from './doctor/check-ports.ts';
import { checkTools } from './doctor/check-tools.ts';

export interface DoctorOptions {
  signal: AbortSignal;
  environment?: NodeJS.ProcessEnv;
}

export async function runDoctor({ signal, environment = process.env }: DoctorOptions): Promise<Prerequisite[]> {
  const [tools, ports, engine, clock, files] = await Promise.all([
    checkTools(environment, signal),
    checkPorts(),
    checkContainerEngine(environment),
    checkClock(),
    checkFileLimit(),
  ]);
  const machine = [checkNode(), checkCpu(), checkMemory(), ...checkDisks(environment, tools.needsBuild)];
  return [...machine, ports, ...tools.prerequisites, engine, clock, files, checkAccount()];
}
