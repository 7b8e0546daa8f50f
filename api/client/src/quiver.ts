// The client: every operation of the OpenAPI document as a method.
import { OPERATIONS, type Operation } from "./generated/operations.js";
import { Http, type QuiverOptions } from "./http.js";
import { pollJobStatus } from "./jobs/poll.js";
import type { OperationName, Operations, RequestOptions } from "./types.js";

export type Values = Record<string, unknown>;

/** The client. `http` is what its methods send by, for what is no operation. */
export type Quiver = Operations & {
  readonly http: Http;
  /** Follow a job to its end, with the plan's signature. */
  pollJobStatus: (...args: Parameters<typeof pollJobStatus> extends [unknown, ...infer Rest] ? Rest : never) => ReturnType<typeof pollJobStatus>;
};

/** A client of this API. Nothing is sent before a method is called. */
export function createQuiver(options: QuiverOptions): Quiver {
  const http = new Http(options);
  const methods = Object.entries(OPERATIONS).map(([name, operation]) => [
    name,
    (input: Values = {}, request: RequestOptions = {}) => call(http, operation, input, request),
  ]);
  const quiver = { http, ...Object.fromEntries(methods) } as Quiver;
  quiver.pollJobStatus = (...args) => pollJobStatus(quiver, ...args);
  return quiver;
}

/** Every item of a list, page by page, as it is iterated over. */
export async function* allOf<Item, Asked extends { cursor?: string | null }>(
  list: (input: Asked) => Promise<{ data: Item[]; page?: { nextCursor?: string | null } }>,
  input: Asked,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null | undefined;
  do {
    const { data, page } = await list({ ...input, ...(cursor ? { cursor } : {}) });
    yield* data;
    cursor = page?.nextCursor;
  } while (cursor);
}

/** The address of an operation with these ids and this query. */
export function addressOf(name: OperationName, input: Values): string {
  return address(OPERATIONS[name], input);
}

async function call(http: Http, operation: Operation, input: Values, options: RequestOptions): Promise<unknown> {
  const { init, repeatable } = requestOf(operation, input, options);
  const response = await http.send(address(operation, input), init, { repeatable, signal: options.signal });
  options.onResponse?.(response);
  return contentOf(response);
}

function address({ path, query = [] }: Operation, input: Values): string {
  const filled = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(String(input[camel(name)])));
  const asked = new URLSearchParams();
  for (const name of query) {
    for (const value of [input[name]].flat()) if (value !== undefined && value !== null) asked.append(name, String(value));
  }
  return asked.size ? `${filled}?${asked}` : filled;
}

function requestOf(operation: Operation, { body }: Values, options: RequestOptions): { init: RequestInit; repeatable: boolean } {
  const { method, form = false, keyed = false } = operation;
  const key = options.idempotencyKey ?? (keyed ? crypto.randomUUID() : undefined);
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (key) headers["Idempotency-Key"] = key;
  if (options.ifMatch) headers["If-Match"] = options.ifMatch;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  const content = body === undefined ? {} : { body: form ? formOf(body as Values) : JSON.stringify(body) };
  return { init: { method, headers, ...content }, repeatable: method === "GET" || (keyed && key !== undefined) };
}

function formOf(body: Values): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined && value !== null) form.append(name, String(value));
  }
  return form;
}

/** What the envelope holds; an answer that is no JSON (a download) is given as text, an empty one as null. */
async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  if (!response.headers.get("content-type")?.includes("json")) return response.text();
  const read: unknown = await response.json();
  if (typeof read !== "object" || read === null || !("success" in read)) return read;
  const { success: _success, message: _message, data, ...beside } = read as Values;
  return Object.keys(beside).length ? { data, ...beside } : data;
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
