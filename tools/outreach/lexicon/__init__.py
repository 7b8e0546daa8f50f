"""Words by which code tells what a sentence states, as data, in the languages that drafts are written in."""
