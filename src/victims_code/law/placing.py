"""Where in the law files a thing stands, so that a fault found later can name the place."""

from __future__ import annotations

from attrs import frozen

from victims_code.documents import Document, Keys
from victims_code.errors import Fault
from victims_code.law.duties import Duty

__all__ = ["Placed"]


@frozen(kw_only=True)
class Placed:
    """A thing read from a law file, with its place."""

    thing: object
    document: Document
    keys: Keys

    def fault(self, code: str, keys: Keys, what: str, way_out: str) -> Fault:
        """A fault at a place below the thing; a duty is named."""
        name = f"{self.thing.id}: " if isinstance(self.thing, Duty) else ""
        return Fault(code=code, where=self.document.where((*self.keys, *keys)), what=name + what, way_out=way_out)
