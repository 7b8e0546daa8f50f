"""What the model knows of languages, a YAML file each."""
