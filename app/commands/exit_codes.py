"""How a command ends, for scripts that call it."""

OK = 0
FAILED = 1
USAGE = 2
NO_CARD = 3
PIN_PROBLEM = 4
CARD_UNUSABLE = 5
CARD_TAKEN = 6
UNKNOWN_STAFF = 7
NO_READER = 8
INTERRUPTED = 130
