"""The public pages: lists, details, and the pages that gather from all nouns."""
