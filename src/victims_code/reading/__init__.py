"""The one way data is read: documents, what they become, what their statements rest on, and the files of ``data/``.

``documents`` reads YAML and JSON so that words stay words. ``structuring`` makes typed things of them with every fault
in its place. ``sources`` has the bases of what is cited and of what holds for a span of days. ``data_files`` reads the
files that ship with the package, and a commissioner's own. The law extends this room; nothing here knows of the law.
"""
