"""Reporting a status: the pages that somebody with an account and somebody with a link have in common."""
