"""The Code of Practice for Victims of Crime in England and Wales, executable."""
