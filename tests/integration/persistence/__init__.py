"""Tests of persistence against real servers."""
