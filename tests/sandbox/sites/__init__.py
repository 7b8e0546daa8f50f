"""Company websites, answered by the Host header: hand-written ones, generated ones, and hostile ones."""
