"""Messages to leads as records: written, queued, sent by a person, answered; each move takes its lead along."""
