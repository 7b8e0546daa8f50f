"""Company websites: fetched under guard, read as plain text."""
