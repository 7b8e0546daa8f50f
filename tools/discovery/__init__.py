"""The discovery talk below its graph: what is known of a company, what models answer, how drafts become designs."""
