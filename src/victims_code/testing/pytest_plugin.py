"""pytest plug-in."""
