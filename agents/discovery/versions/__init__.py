"""The versions of the talk's stored state."""
