"""The folder of an area: one place for all a commissioner records, read and checked as a whole.

The folder holds YAML files. A part of it, such as ``awards``, is in ``awards.yaml``, in the folder ``awards`` with one
file for each record, or in both. ``PARTS`` says what parts there are, what they hold, which names they define and which
they refer to. Returns of providers are kept as they came, in the folder ``returns``.
"""

from victims_code.commissioning.area_folder.folder import AreaFolder
from victims_code.commissioning.area_folder.parts import PARTS, AreaDetails, FolderPart
from victims_code.commissioning.area_folder.reading import LeftOut
from victims_code.commissioning.area_folder.starters import lay_out

__all__ = ["PARTS", "AreaDetails", "AreaFolder", "FolderPart", "LeftOut", "lay_out"]
