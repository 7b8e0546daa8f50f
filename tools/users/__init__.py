"""The people who sign in, and the organisation each belongs to."""
