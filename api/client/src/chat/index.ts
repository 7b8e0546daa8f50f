export * from "./messages.js";
export { discoveryTransport, type Talk } from "./transport.js";
export { unbroken, type ComeBack, type Patience } from "./unbroken.js";
