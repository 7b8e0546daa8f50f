"""The commands of `./quiver evals`, a file each."""
