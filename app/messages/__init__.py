"""One outbox for e-mail and LINE, used by every line of work."""
