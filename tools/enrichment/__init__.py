"""Finding out more about leads: bought from Wiza at most once for each person of a Client, kept with person and lead."""
