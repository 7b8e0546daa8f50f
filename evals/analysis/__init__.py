"""Analysis: what a run says beyond its scores: what flips, what was never looked at."""
