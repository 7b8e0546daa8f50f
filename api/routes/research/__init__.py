"""What is found out about companies and people: websites, worldviews, posts."""
