/** The one table of what the service refuses and why, and the one error class that carries a row of it. */

const apiErrors = {
  VALIDATION_FAILED: { status: 400, message: 'The request does not match its schema.' },
  MALFORMED_REQUEST: { status: 400, message: 'The request could not be read.' },
  UNAUTHENTICATED: { status: 401, message: 'Log in: there is no valid session.' },
  INVALID_CREDENTIALS: { status: 401, message: 'Tenant, e-mail address or password is wrong.' },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this.' },
  CROSS_SITE: { status: 403, message: 'Requests from other sites may not change anything.' },
  NOT_FOUND: { status: 404, message: 'There is no such thing.' },
  REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time.' },
  IDEMPOTENCY_KEY_REUSED: { status: 409, message: 'This Idempotency-Key belongs to a different order.' },
  ORDER_NOT_CANCELLABLE: { status: 409, message: 'Only an order whose status is "new" can be cancelled.' },
  EMAIL_TAKEN: { status: 409, message: 'A user with this e-mail address exists.' },
  OWN_ACCESS: { status: 409, message: 'Administrators cannot take their own access away.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send application/json.' },
  UNKNOWN_INSTRUMENT: { status: 422, message: 'There is no such instrument.' },
  TOO_MANY_LOGINS: { status: 429, message: 'Too many attempts to log in. Wait a minute.' },
  HEADERS_TOO_LARGE: { status: 431, message: 'The request headers are too large.' },
  INTERNAL: { status: 500, message: 'The service failed; the request id finds the reason in its log.' },
  DATABASE_UNAVAILABLE: { status: 503, message: 'The database cannot answer now.' },
  OVERLOADED: { status: 503, message: 'Too many requests wait for the same thing. Try again shortly.' },
  VAULT_SEALED: { status: 503, message: 'Vault is sealed: credentials cannot be read, written or used.' },
  VAULT_UNAVAILABLE: { status: 503, message: 'Vault cannot answer: credentials cannot be read, written or used.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ApiErrorCode = keyof typeof apiErrors;

/** An error that the caller is told about; `cause` and nothing else stays in the log. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;

  /** `message` replaces the table's general one where more may be said to the caller. */
  constructor(code: ApiErrorCode, options: { message?: string; cause?: unknown } = {}) {
    super(options.message ?? apiErrors[code].message, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = apiErrors[code].status;
  }
}

/** The body of every answer that is not a success. */
export function errorBody({ code, message }: ApiError, requestId: string) {
  return { error: { code, message, requestId } };
}
