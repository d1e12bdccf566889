"""Measurements of speed and quality, run by hand and by continuous integration in their short form."""
