"""The admin beside its peers: the same pages, rows and words of the same database, timed in turn."""
