export { createQuiver, allOf, addressOf, type Quiver } from "./quiver.js";
export { configureQuiver, pollJobStatus, sharedQuiver } from "./shared.js";
export { Http, type QuiverOptions } from "./http.js";
export * from "./errors.js";
export * from "./jobs/errors.js";
export { followJob, isFinal, type AsyncJobResponse, type Following } from "./jobs/follow.js";
export { infoOf, type JobProgressInfo } from "./jobs/poll.js";
export { eventsOf, watched, Silence, type ServerEvent } from "./events.js";
export type { Input, Operations, OperationName, Output, RequestOptions, Schemas, operations, components } from "./types.js";
