"""Our own checks: guests of the house like all others."""
