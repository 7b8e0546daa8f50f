"""The npm package @quiver/client, installed as a stranger would have it, against the running product."""
