"""Benchmarks: the project and its limits side by side, in one run."""
