"""Tests of persistence without servers."""
