"""What is asked most, answered ahead of FastAPI when it is asked in the plain form."""
