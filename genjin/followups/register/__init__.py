"""The register of key customers, and the message to them at the weekend."""
