"""The project around the app: settings, addresses, health, policy for browsers."""
