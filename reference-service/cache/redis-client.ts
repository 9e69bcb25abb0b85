/** The connection to Redis: it fails fast, because everything it answers can be had elsewhere. */
import { Redis } from 'ioredis';
import type { FastifyBaseLogger } from 'fastify';
import type { Configuration } from '../configuration/configuration.ts';

const commandTimeoutMs = 250;
const longestReconnectMs = 1000;

export function createRedisClient(configuration: Configuration, log: FastifyBaseLogger): Redis {
  const redis = new Redis({
    host: configuration.REDIS_HOST,
    port: configuration.REDIS_PORT,
    username: configuration.REDIS_USERNAME,
    password: configuration.redisPassword,
    connectTimeout: 1000,
    commandTimeout: commandTimeoutMs,
    // Nothing waits for a Redis that is away: commands fail at once and their callers fall back.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(50 * attempt, longestReconnectMs),
    // Both would need commands (INFO, CLIENT) that the service's user may not call.
    enableReadyCheck: false,
    disableClientInfo: true,
    // Commands of requests that are served in one turn of the event loop leave in one write.
    enableAutoPipelining: true,
  });
  let reported = '';
  redis.on('error', (error: Error) => {
    if (error.message !== reported) log.warn({ err: error }, 'redis cannot be reached');
    reported = error.message;
  });
  redis.on('ready', () => {
    if (reported !== '') log.info('redis can be reached again');
    reported = '';
  });
  return redis;
}
