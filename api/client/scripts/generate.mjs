// Writes what follows from openapi.json: the types, by openapi-typescript, and the table of operations.
// Both name the document they were made of by its hash, so that `./quiver openapi --check` sees a stale one without Node.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const folder = new URL("..", import.meta.url);
const text = await readFile(new URL("openapi.json", folder), "utf8");
const document = JSON.parse(text);
const head = `// Made by \`npm run generate\` of openapi.json, sha256 ${createHash("sha256").update(text).digest("hex")}. Don't edit.\n`;

// Failures are the same everywhere, a `Problem`: left out of the types of each operation, which would treble them.
const methods = ["get", "post", "put", "patch", "delete"];
const successes = (operation) => ({
  ...operation,
  responses: Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status.startsWith("2"))),
});
for (const item of Object.values(document.paths)) {
  for (const method of methods) if (item[method]) item[method] = successes(item[method]);
}

const blob = ts.factory.createTypeReferenceNode("Blob");
const types = await openapiTS(document, {
  defaultNonNullable: false,
  transform: (schema) => (schema.format === "binary" || schema.contentMediaType ? blob : undefined),
});
await writeFile(new URL("src/generated/schema.ts", folder), head + astToString(types));

const named = (operation, place) => (operation.parameters ?? []).filter((p) => p.in === place).map((p) => p.name);
const rows = Object.entries(document.paths)
  .flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => [path, method, item[method]]))
  .map(([path, method, operation]) => {
    const query = named(operation, "query");
    const form = Boolean(operation.requestBody?.content["multipart/form-data"]);
    const keyed = named(operation, "header").includes("Idempotency-Key");
    const row = { method: method.toUpperCase(), path, ...(query.length && { query }), ...(form && { form }), ...(keyed && { keyed }) };
    return `  ${operation.operationId}: ${JSON.stringify(row)},`;
  });
const table = `import type { operations } from "./schema.js";

/** How an operation is called. \`keyed\`: it takes an Idempotency-Key, so that it may be sent again. */
export interface Operation { method: string; path: string; query?: string[]; form?: boolean; keyed?: boolean }

export const OPERATIONS: { readonly [Name in keyof operations]: Operation } = {
${rows.join("\n")}
};
`;
await writeFile(new URL("src/generated/operations.ts", folder), head + table);
