"""The alignments room."""
