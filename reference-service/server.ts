/** Starts the service: `node server.ts`, configured by ALPHAPULSE_* variables (README.md). SIGTERM drains and exits 0. */
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { Configuration } from './configuration/configuration.ts';
import { ConfigurationError, readConfiguration } from './configuration/read-configuration.ts';
import { createLogger, type ServiceLog } from './observability/logger.ts';
import { startServices, type Services } from './services.ts';

const configurationExit = 64;
const unavailableExit = 69;
const graceExceededExit = 1;

/** One line on standard output, past the logger's buffer: whoever started us waits for it. */
function announce(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

interface Running {
  app: FastifyInstance;
  services: Services;
  serviceLog: ServiceLog;
}

/** Stops taking connections, lets what is under way finish, then closes what it used. */
async function drain({ app, services, serviceLog }: Running, signal: string): Promise<void> {
  const { log, configuration } = services;
  log.info({ signal }, 'draining');
  const timer = setTimeout(() => {
    log.error({ graceMs: configuration.SHUTDOWN_GRACE_MS }, 'requests did not finish in time; stopping anyway');
    serviceLog.flush();
    process.exit(graceExceededExit);
  }, configuration.SHUTDOWN_GRACE_MS);
  await app.close();
  await services.stop();
  clearTimeout(timer);
  log.info('stopped');
  serviceLog.flush();
  process.exit(0);
}

function readConfigurationOrExit(): Configuration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationExit);
  }
}

async function main(): Promise<void> {
  const configuration = readConfigurationOrExit();
  const serviceLog = createLogger(configuration.LOG_LEVEL);
  let draining = false;
  try {
    const services = await startServices(configuration, serviceLog.log);
    const app = await buildApp(services, () => draining);
    await app.listen({ host: configuration.HOST, port: configuration.PORT });
    const address = app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : configuration.PORT;
    process.on('uncaughtExceptionMonitor', (error) => {
      serviceLog.log.fatal({ err: error }, 'a defect: the process ends');
      serviceLog.flush();
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (draining) process.exit(graceExceededExit);
        draining = true;
        void drain({ app, services, serviceLog }, signal);
      });
    }
    announce({
      event: 'listening',
      port,
      host: configuration.HOST,
      rlsMode: configuration.RLS_MODE,
      tls: configuration.tls !== null,
    });
  } catch (error) {
    serviceLog.log.fatal({ err: error }, 'the service could not start');
    serviceLog.flush();
    process.stderr.write(`could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(unavailableExit);
  }
}

await main();
