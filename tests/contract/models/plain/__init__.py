"""Plain answers and ends of streams, against what the stock classes make of them."""
