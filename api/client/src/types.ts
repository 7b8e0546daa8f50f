// What the generated types mean for a caller: one object goes in, what the envelope holds comes out.
import type { components, operations } from "./generated/schema.js";

export type { components, operations };
export type Schemas = components["schemas"];
export type OperationName = keyof operations;

type Camel<Text extends string> = Text extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Text;
type CamelKeys<T> = { [Key in keyof T as Key extends string ? Camel<Key> : never]: T[Key] };
type PathOf<O> = O extends { parameters: { path: infer P } } ? CamelKeys<P> : unknown;
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? ([NonNullable<Q>] extends [never] ? unknown : NonNullable<Q>) : unknown;
type ContentOf<C> = C extends { "application/json": infer J } ? J : C extends { "multipart/form-data": infer F } ? F : never;
type BodyOf<O> = O extends { requestBody: { content: infer C } }
  ? { body: ContentOf<C> }
  : O extends { requestBody?: infer R }
    ? NonNullable<R> extends { content: infer C } ? { body?: ContentOf<C> } : unknown
    : unknown;
type Flat<T> = { [Key in keyof T]: T[Key] };

/** What an operation is asked with: the ids of its path, its query and its body, in one object. */
export type Input<Name extends OperationName> = Flat<PathOf<operations[Name]> & QueryOf<operations[Name]> & BodyOf<operations[Name]>>;

type Success<O> = O extends { responses: infer R } ? R[Extract<keyof R, 200 | 201 | 202>] : never;
type JsonOf<R> = R extends { content: { "application/json": infer J } } ? J : never;
type Beside<E> = Exclude<keyof E, "success" | "message" | "data">;
type Opened<E> = E extends { data: infer D } ? ([Beside<E>] extends [never] ? D : Flat<{ data: D } & Pick<E, Beside<E>>>) : E;

/** What an operation answers: `data`, and beside it what else the envelope holds, such as `page`. */
export type Output<Name extends OperationName> = Opened<JsonOf<Success<operations[Name]>>>;

export interface RequestOptions {
  signal?: AbortSignal;
  /** Names the request, so that it is done once however often it is sent. One is made where the operation takes one. */
  idempotencyKey?: string;
  /** The ETag that was read; 412 when somebody saved in between. */
  ifMatch?: string;
  headers?: Record<string, string>;
  /** Sees the answer's head, for example to keep its ETag. */
  onResponse?: (response: Response) => void;
}

type Required_<T> = { [Key in keyof T]-?: Record<string, never> extends Pick<T, Key> ? never : Key }[keyof T];
type Arguments<Name extends OperationName> = [Required_<Input<Name>>] extends [never]
  ? [input?: Input<Name>, options?: RequestOptions]
  : [input: Input<Name>, options?: RequestOptions];

/** Every operation of the document as a method. */
export type Operations = { [Name in OperationName]: (...args: Arguments<Name>) => Promise<Output<Name>> };
