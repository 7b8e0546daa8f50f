"""What clients see of a turn whose connection, servers or rivals come in between."""
