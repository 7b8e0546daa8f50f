// What can go wrong, as classes to catch by.
import type { Schemas } from "./types.js";

export type Problem = Schemas["Problem"];

/** Everything this package throws by itself. */
export class QuiverError extends Error {
  override name = "QuiverError";
}

/** There was no answer: the network, the server or the time was gone. */
export class NetworkError extends QuiverError {
  override name = "NetworkError";
}

/** The server answered with a problem document (RFC 9457). */
export class ProblemError extends QuiverError {
  override name = "ProblemError";
  readonly status: number;
  /** The kind of problem, stable. */
  readonly code: string;
  /** Each field that is wrong: a pointer into the body, or `query/name`. */
  readonly fields: Problem["errors"];
  /** Seconds to wait before it is worth trying again. */
  readonly retryAfter: number | null;
  readonly requestId: string | null;

  constructor(readonly problem: Problem, headers?: Headers) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.errors;
    this.retryAfter = problem.retryAfter ?? (Number(headers?.get("retry-after")) || null);
    this.requestId = headers?.get("x-request-id") ?? null;
  }

  /** Why the field at this pointer is wrong; undefined when it isn't. */
  reasonFor(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer)?.reason;
  }
}

export class Unauthorized extends ProblemError { override name = "Unauthorized"; }
export class Forbidden extends ProblemError { override name = "Forbidden"; }
export class NotFound extends ProblemError { override name = "NotFound"; }
export class Conflict extends ProblemError { override name = "Conflict"; }
/** Somebody saved in between. */
export class StaleVersion extends ProblemError { override name = "StaleVersion"; }
export class Invalid extends ProblemError { override name = "Invalid"; }
/** Too many requests, or the budget is spent. */
export class TooMany extends ProblemError { override name = "TooMany"; }
export class Unavailable extends ProblemError { override name = "Unavailable"; }

const CLASSES: Record<number, typeof ProblemError> = {
  401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 412: StaleVersion, 422: Invalid, 429: TooMany, 503: Unavailable,
};

/** The error of an answer that is no success. What is no problem document (a proxy's page) becomes one. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const read: unknown = await response.json().catch(() => null);
  const problem = isProblem(read) ? read : unknownProblem(response);
  return new (CLASSES[problem.status] ?? ProblemError)(problem, response.headers);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "status" in value && "errors" in value;
}

function unknownProblem({ status, statusText }: Response): Problem {
  const detail = `The server answered ${status}${statusText && ` ${statusText}`}.`;
  return { type: "about:blank", title: statusText || "Error", status, code: "unknown", detail, errors: [], success: false, message: detail, data: null };
}
