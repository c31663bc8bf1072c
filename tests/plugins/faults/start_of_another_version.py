"""Is made for a version of the interface that there is not yet."""

consortium_api = ">=99"
