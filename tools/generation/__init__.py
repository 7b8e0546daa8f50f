"""Jobs of a talk: its experiments made and saved with their search filters; a message answered that nobody listens to."""
