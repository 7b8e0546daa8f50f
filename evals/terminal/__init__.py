"""What the commands share: naming runs, choosing cases, tables, a stage for those that ask models."""
