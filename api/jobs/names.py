"""Names of the schedule's tasks. Stable: messages of one version are read by the next."""

SWEEP = "sweep"
SWEEP_TURNS = "sweep-turns"
SWEEP_RUNS = "sweep-runs"
FORGET_OLD = "forget-old"
RESOLVE_CALLS = "resolve-paid-calls"
APPLY_RETENTION = "apply-retention"
RUN_AUTOPILOT = "run-autopilot"
