"""Importers: what others publish, read in its own shape, mapped to this portal, and drafted as a bundle."""
