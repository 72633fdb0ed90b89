"""The pairs room."""
