"""Encoding a new edition of the Code as data: its files laid out, checked, held against the print and confirmed."""
