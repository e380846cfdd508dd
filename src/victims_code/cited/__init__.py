"""Reading data in which every statement cites a source: strictly, every fault of a file at once, each in its place.

The law has a loader of its own, because its files hang together. This room reads what stands beside it: the files of
commissioning, measures and publication, and a commissioner's own.
"""

from victims_code.cited.converter import cited_converter, new_cited_converter
from victims_code.cited.data_file import DataFile, bibliography, packaged_names, repeated_ids
from victims_code.cited.naming import Word, by_id, named

__all__ = [
    "DataFile",
    "Word",
    "bibliography",
    "by_id",
    "cited_converter",
    "named",
    "new_cited_converter",
    "packaged_names",
    "repeated_ids",
]
