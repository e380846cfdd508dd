"""Settings for the whole suite: generated examples are the same in every run unless a new search is asked for."""

from __future__ import annotations

import os

from hypothesis import settings

from browser import browser

__all__ = ["browser"]

settings.register_profile("same", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
