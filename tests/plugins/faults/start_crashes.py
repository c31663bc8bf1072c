"""Reads memory that is not there when it is imported."""

import ctypes

ctypes.string_at(0)
