"""Filters taken to a number of people that lies in a band, one counted step after the other."""
