"""Money for services: grants and contracts, what they are for, sharing out, spending and what a unit costs.

Every amount is an exact number of pounds and pence; a float is refused.
"""
