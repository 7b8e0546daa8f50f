// One request: signed in, sent again where that is safe, its failure a typed error.
import { NetworkError, problemOf } from "./errors.js";
import { pause, wait } from "./waiting.js";

export interface QuiverOptions {
  /** Where the API is, such as https://api.example.com; "" for the page's own origin. */
  baseUrl: string;
  /** The access token, asked for at every request; `refused` is the one that was just answered with 401, to be renewed. */
  token: (refused?: string) => string | null | undefined | Promise<string | null | undefined>;
  fetch?: typeof fetch;
  /** How often a request that may be repeated is sent again; 3. */
  retries?: number;
  /** Milliseconds one attempt may take to be answered; 60,000. Streams have no limit after their head. */
  timeoutMs?: number;
}

export interface Sending {
  /** Whether the same request, twice, is done once: a GET, or one with an Idempotency-Key. */
  repeatable: boolean;
  signal?: AbortSignal | null | undefined;
}

const TRANSIENT = new Set([429, 502, 503, 504]);
const LONGEST_WAIT_SECONDS = 30;

export class Http {
  constructor(readonly options: QuiverOptions) {}

  url(path: string): string {
    return this.options.baseUrl.replace(/\/$/, "") + path;
  }

  /** The answer, when it is a success. Throws ProblemError, NetworkError, or the signal's reason. */
  async send(path: string, init: RequestInit, sending: Sending): Promise<Response> {
    const attempts = sending.repeatable ? (this.options.retries ?? 3) : 0;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= attempts;
      const answer = await this.signedIn(path, init, sending).catch((cause: unknown) => {
        if (sending.signal?.aborted) throw sending.signal.reason;
        const error = new NetworkError("The server can't be reached.", { cause });
        if (last) throw error;
        return error;
      });
      if (answer instanceof NetworkError) {
        await wait(pause(attempt), sending.signal);
        continue;
      }
      if (answer.ok) return answer;
      const problem = await problemOf(answer);
      const seconds = problem.retryAfter ?? 0;
      if (last || !TRANSIENT.has(answer.status) || seconds > LONGEST_WAIT_SECONDS) throw problem;
      await wait(Math.max(seconds * 1000, pause(attempt)), sending.signal);
    }
  }

  /** One attempt. A token that is refused is renewed once: what is answered with 401 was not done. */
  private async signedIn(path: string, init: RequestInit, sending: Sending): Promise<Response> {
    const token = await this.options.token();
    const answer = await this.once(path, init, sending, token);
    if (answer.status !== 401 || !token) return answer;
    const renewed = await this.options.token(token);
    if (!renewed || renewed === token) return answer;
    await answer.body?.cancel();
    return this.once(path, init, sending, renewed);
  }

  private async once(path: string, init: RequestInit, { signal }: Sending, token: string | null | undefined): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new NetworkError("The server did not answer in time.")), this.options.timeoutMs ?? 60_000);
    const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    try {
      return await (this.options.fetch ?? fetch)(this.url(path), { ...init, headers, signal: either });
    } finally {
      clearTimeout(timer);
    }
  }
}
