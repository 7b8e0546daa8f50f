"""A company's view of itself and its market, in statements that each rest on stored words."""
