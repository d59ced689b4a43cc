"""The API, version 1: what the public may read, as JSON under /api/v1/."""
