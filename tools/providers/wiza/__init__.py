"""Wiza: people and companies by filters, reveals of one person, and lists; what is paid goes through `tools.paid_calls`."""
