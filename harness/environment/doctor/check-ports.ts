/** Whether loopback can be bound at all; and whether the service's usual port is free, which embedded servers do not need. */
import type { Prerequisite } from '../../model/run-record.ts';
import { SignoffError } from '../../model/errors.ts';
import { describeProblem } from '../processes/await-ready.ts';
import { findFreePort, LOOPBACK, requireFreePort } from '../processes/free-port.ts';

const USUAL_SERVICE_PORT = 3000;

export async function checkPorts(): Promise<Prerequisite> {
  const base = { id: 'ports', title: 'Ports', where: LOOPBACK };
  try {
    await findFreePort();
  } catch (error) {
    const fix = process.platform === 'linux' ? 'ip link set lo up' : 'ifconfig lo0 up';
    return { ...base, ok: false, found: `no port on loopback can be bound: ${describeProblem(error)}`, fix };
  }
  const usual = await requireFreePort(USUAL_SERVICE_PORT, 'a service').then(
    () => `${USUAL_SERVICE_PORT} is free too`,
    (error: unknown) => {
      if (error instanceof SignoffError) return `(${error.message}, which does not matter)`;
      throw error;
    },
  );
  return { ...base, ok: true, found: `free ports can be bound; ${usual}`, fix: null };
}
