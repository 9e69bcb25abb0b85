/** Starts Vault with raft storage in a private folder, initialises and unseals it, and waits until it is active. */
import path from 'node:path';
import { z } from 'zod';
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
}

export interface VaultServer {
  server: ServerProcess;
  address: string;
  rootToken: string;
  unsealKey: string;
}

const READY_TIMEOUT_MS = 60_000;

const initialisationSchema = z.object({ keys_base64: z.array(z.string()).length(1), root_token: z.string() });
const healthSchema = z.object({ initialized: z.boolean(), sealed: z.boolean(), standby: z.boolean() });

export async function startVault({ folder, program, port: wanted, signal }: VaultOptions): Promise<VaultServer> {
  const data = folder.makeServerFolder('vault');
  const start = async (port: number) => {
    const address = `http://${LOOPBACK}:${port}`;
    const content = JSON.stringify(configuration({ data, address, port, clusterPort: await findFreePort() }), null, 2);
    const config = folder.writeServerFile(path.join('config', 'vault.json'), content);
    const args = ['server', `-config=${config}`];
    // Vault asks the proxy of its environment even for loopback: baseEnvironment has none.
    const server = launchServer(folder, { name: 'vault', kind: 'vault', command: program, args, cwd: data });
    const answers = () => askVault({ address }, 'GET', 'sys/seal-status').then(() => null);
    await awaitReady({ server, probe: answers, timeoutMs: READY_TIMEOUT_MS, signal });
    const { rootToken, unsealKey } = await initialise(address);
    await awaitReady({ server, probe: () => isActive(address), timeoutMs: READY_TIMEOUT_MS, signal });
    return { server, address, rootToken, unsealKey };
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

async function initialise(address: string): Promise<{ rootToken: string; unsealKey: string }> {
  const answer = await askVault({ address }, 'PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 });
  const { keys_base64: keys, root_token: rootToken } = initialisationSchema.parse(answer);
  const [unsealKey = ''] = keys;
  await askVault({ address }, 'PUT', 'sys/unseal', { key: unsealKey });
  return { rootToken, unsealKey };
}

/** 200 only when initialised, unsealed and active (Vault API, /sys/health). */
async function isActive(address: string): Promise<string | null> {
  const health = healthSchema.parse(await askVault({ address }, 'GET', 'sys/health?standbyok=true'));
  return health.initialized && !health.sealed && !health.standby ? null : JSON.stringify(health);
}
