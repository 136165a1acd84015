"""Pages for everybody, without a socket."""
