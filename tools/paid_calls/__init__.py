"""The ledger of what costs credits: written down before it is sent, so that nothing is bought twice."""
