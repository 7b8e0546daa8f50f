"""The record of graphs' runs that are no turns of a talk."""
