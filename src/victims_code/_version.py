"""The version of the package; the version of the law is data, in ``data/editions.yaml``."""

__version__ = "0.1.0"
