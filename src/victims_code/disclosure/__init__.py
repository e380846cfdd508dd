"""Small numbers: which figures of a table must be hidden, and what else, so that nobody can work them out.

The room knows cells, and which cells are sums of which. It knows nothing of victims or duties, so that every table that
is published, whatever it counts, is made safe in the same way.
"""

from victims_code.disclosure.rule import SmallNumbers
from victims_code.disclosure.sums import Total
from victims_code.disclosure.suppression import Suppressed, possible_range, suppress

__all__ = ["SmallNumbers", "Suppressed", "Total", "possible_range", "suppress"]
