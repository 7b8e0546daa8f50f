export { QuiverProvider, useQuiver } from "./provider.js";
export { useJobProgress, type UseJobProgressOptions, type UseJobProgressReturn } from "./job_progress.js";
export { useDiscovery, type Discovery, type UseDiscoveryOptions } from "./discovery.js";
