"""Leads: the people of campaigns."""
