"""Results of experiments: what became of their leads, and what may be said of one arm beside another."""
