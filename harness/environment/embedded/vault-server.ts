/** Starts Vault with raft storage in a private folder and has it set up: initialised, unsealed and filled. */
import path from 'node:path';
import { awaitReady } from '../processes/await-ready.ts';
import { findFreePort, LOOPBACK, saysAddressInUse, startOnPort } from '../processes/free-port.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { launchServer } from './launch-server.ts';
import { askVault } from './vault-client.ts';

export interface VaultOptions {
  folder: SystemFolder;
  /** Reachable by the servers' user. */
  program: string;
  port: number | undefined;
  signal: AbortSignal;
  /** Called while it is starting, and told to give up when it does not come up. */
  setUp: (address: string, signal: AbortSignal) => Promise<void>;
}

export interface VaultServer {
  server: ServerProcess;
  address: string;
}

const READY_TIMEOUT_MS = 60_000;

export async function startVault({ folder, program, port: wanted, signal, setUp }: VaultOptions): Promise<VaultServer> {
  const data = folder.makeServerFolder('vault');
  const start = async (port: number) => {
    const address = `http://${LOOPBACK}:${port}`;
    const content = JSON.stringify(configuration({ data, address, port, clusterPort: await findFreePort() }), null, 2);
    const config = folder.writeServerFile(path.join('config', 'vault.json'), content);
    const args = ['server', `-config=${config}`];
    // Vault asks the proxy of its environment even for loopback: baseEnvironment has none.
    const server = launchServer(folder, { name: 'vault', kind: 'vault', command: program, args, cwd: data });
    const answers = () => askVault({ address }, 'GET', 'sys/seal-status').then(() => null);
    const ended = new AbortController();
    const answering = awaitReady({ server, probe: answers, timeoutMs: READY_TIMEOUT_MS, signal }).catch(
      (error: unknown) => {
        ended.abort(error);
        throw error;
      },
    );
    const outcomes = await Promise.allSettled([answering, setUp(address, AbortSignal.any([signal, ended.signal]))]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return { server, address };
  };
  return startOnPort({ wanted, purpose: 'Vault', lostPort: saysAddressInUse, start });
}

/** Source: Vault documentation, "Server configuration", "Integrated storage (Raft)". */
function configuration(place: { data: string; address: string; port: number; clusterPort: number }): unknown {
  const clusterAddress = `${LOOPBACK}:${place.clusterPort}`;
  return {
    // The smallest multiplier: one node elects itself in the shortest time there is.
    storage: { raft: { path: place.data, node_id: 'signoff', performance_multiplier: 1 } },
    listener: [{ tcp: { address: `${LOOPBACK}:${place.port}`, cluster_address: clusterAddress, tls_disable: true } }],
    api_addr: place.address,
    cluster_addr: `https://${clusterAddress}`,
    // Locking memory needs a privilege that the servers' user has not got; these secrets live for one run.
    disable_mlock: true,
    ui: false,
    log_level: 'info',
    telemetry: { prometheus_retention_time: '1h', disable_hostname: true },
  };
}
