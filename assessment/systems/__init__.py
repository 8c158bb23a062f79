"""The systems map: who is there, what acts on what, and what can be read from it."""
