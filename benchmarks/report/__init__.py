"""The status summary beside its limit and its peers."""
