/** Turns whatever was thrown into the one error body; what the caller may not know goes to the log only. */
import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import pg from 'pg';
import { ApiError, errorBody } from '../errors/api-error.ts';

/** What a caller sent comes back in a message, but not at any length. */
const longestMessage = 500;

function toApiError(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      ({ instancePath, message }) => `${instancePath.slice(1) || 'request'}: ${message}`,
    );
    return new ApiError('VALIDATION_FAILED', { message: problems.join('; ').slice(0, longestMessage) });
  }
  // Class 22: a value that no schema caught and no column can hold, for instance a date that is none.
  if (error instanceof pg.DatabaseError && error.code?.startsWith('22') === true) {
    return new ApiError('VALIDATION_FAILED', { cause: error });
  }
  if (error.statusCode === 413) return new ApiError('PAYLOAD_TOO_LARGE', { cause: error });
  if (error.statusCode === 415) return new ApiError('UNSUPPORTED_MEDIA_TYPE', { cause: error });
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ApiError('MALFORMED_REQUEST', { cause: error });
  return new ApiError('INTERNAL', { cause: error });
}

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | ApiError>((thrown, request, reply) => {
    const error = toApiError(thrown);
    if (error.status >= 500) {
      const level = error.code === 'INTERNAL' ? 'error' : 'warn';
      request.log[level](
        { err: thrown, cause: error.cause, code: error.code, tenant: request.principal?.tenantId },
        'request failed',
      );
    }
    if (error.code === 'DATABASE_UNAVAILABLE' || error.code === 'OVERLOADED') reply.header('retry-after', '1');
    if (error.code === 'TOO_MANY_LOGINS') reply.header('retry-after', '60');
    return reply.status(error.status).send(errorBody(error, request.id));
  });
  app.setNotFoundHandler((_request, reply) => {
    const error = new ApiError('NOT_FOUND');
    return reply.status(error.status).send(errorBody(error, reply.request.id));
  });
}
