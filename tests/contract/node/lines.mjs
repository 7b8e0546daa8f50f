// What comes on standard input, line by line.
import { createInterface } from "node:readline";

export function lines() {
  const reader = createInterface({ input: process.stdin });
  const iterator = reader[Symbol.asyncIterator]();
  return { next: async () => (await iterator.next()).value, close: () => reader.close() };
}
