"""Experiments made from a talk by a job: what a talk brought becomes a saved set with its search filters."""
