"""Guests in processes of their own: what they tell comes back as lines, their faults as words.

This contains faults, not malice, unless bubblewrap is on: see :mod:`consortium.plugins.apart.walls`.
"""
