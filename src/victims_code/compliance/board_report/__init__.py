"""The board's report: what was measured, the waiting list and the quarterly return, as a page and as files."""
