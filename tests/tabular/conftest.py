"""The fixtures of a small extract: its mapping, and a check of a file read by it."""

from shared.small_extract import checked as checked
from shared.small_extract import mine as mine
