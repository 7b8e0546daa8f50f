"""Speed as a ratio to a limit that is measured in the same run. Figures go to RESULTS.md by hand, with date and machine."""
