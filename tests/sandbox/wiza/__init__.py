"""A stand-in for Wiza: fictional people in fictional companies, selected by real filters, with credits and call-backs."""
