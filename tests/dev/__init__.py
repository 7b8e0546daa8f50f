"""`make dev`: the whole product on one machine, with nothing installed beforehand."""
