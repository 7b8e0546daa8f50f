"""What every request passes, as plain ASGI: nothing here reads a body or delays a stream."""
