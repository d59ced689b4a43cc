"""The bundle: one format for fixtures, import, export, drafts and the API; docs/data.md has it key by key."""
