"""Importing: recorded runs of the product as cases, with everything personal taken out first."""
