"""Looking for leads: people who match an experiment's filters, bought page by page, each page once for a Client."""
