"""What must be installed beside the package for the bulk engine; see :mod:`victims_code.extras`."""

from victims_code.extras import need

__all__ = ["need"]
