"""What leaves the portal as a file, and how its pages and articles are cited."""
