"""What the portal is measured against, on its own tables: pages as a tutorial makes them, and Django's admin.

Nothing of it is part of the portal. It is served beside it by `bench.peers.wsgi`, with the portal's own middleware.
"""
