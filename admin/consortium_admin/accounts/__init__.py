"""Accounts: who signs in, how, and what they are then. Nothing is imported here: commands come by this way too."""
