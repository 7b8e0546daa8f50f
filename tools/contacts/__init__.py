"""What names a person or a company on the outside: addresses, domains, LinkedIn profiles, each in one normal form."""
