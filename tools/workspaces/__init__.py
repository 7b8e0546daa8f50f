"""Workspaces: where a team keeps its talks, experiments and campaigns."""
