"""Budgets: what a workspace may spend, and what it spent, by day, campaign, graph and model."""
