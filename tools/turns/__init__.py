"""Turns of the discovery talk as records: who may start one, the lease that keeps them one at a time, what they leave."""
