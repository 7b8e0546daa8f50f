"""Records of outreach: whom to leave alone, what it costs, who the people are, what is written to them."""
