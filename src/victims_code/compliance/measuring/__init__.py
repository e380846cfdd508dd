"""Measuring: from obligations to tables of measures that are safe to publish."""
