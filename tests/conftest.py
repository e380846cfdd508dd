"""Settings for the whole suite: generated examples are the same in every run unless a new search is asked for.

The variable ``HYPOTHESIS_PROFILE`` says how many there are: ``few``, ``many`` or, for a new search, ``search``.
"""

from __future__ import annotations

import os

from hypothesis import settings

from shared.browser import browser as browser

always = settings(deadline=None, print_blob=True)
settings.register_profile("few", always, max_examples=15, derandomize=True)
settings.register_profile("many", always, max_examples=40, derandomize=True)
settings.register_profile("search", always, max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "few"))
