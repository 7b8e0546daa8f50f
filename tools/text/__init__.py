"""Text from outside, made fit to store, to show and to hand on."""
