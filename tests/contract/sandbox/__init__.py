"""The stand-ins keep to the providers' wires."""
