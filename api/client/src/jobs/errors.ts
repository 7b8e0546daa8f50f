import { QuiverError } from "../errors.js";
import type { Schemas } from "../types.js";

/** The job ended otherwise than well. */
export class JobFailed extends QuiverError {
  override name = "JobFailed";
  constructor(readonly job: Schemas["JobRead"]) { super(job.errorMessage || "Job failed"); }
}

export class JobCancelled extends QuiverError {
  override name = "JobCancelled";
  constructor(readonly job: Schemas["JobRead"]) { super("Job was cancelled"); }
}

/** It is still running; only the patience is over. */
export class JobTimedOut extends QuiverError {
  override name = "JobTimedOut";
  constructor() { super("Job polling timed out"); }
}
