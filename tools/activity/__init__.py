"""What somebody's posts tell: read by a model, kept where their own words carry it, counted by code."""
