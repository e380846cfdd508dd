"""For tests, the library's own and those of systems that embed it.

:mod:`victims_code.testing.worked_cases` reads and compares worked cases; :mod:`victims_code.testing.pytest_plugin`
runs every file of a folder as a test.
"""
