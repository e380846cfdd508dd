"""Where records come from: other systems' messages and extracts, read into cases.

An adapter loses no case and guesses nothing: what it cannot use it leaves out, and says so in the notes of the case.
"""

from victims_code.adapters.combining import combined

__all__ = ["combined"]
