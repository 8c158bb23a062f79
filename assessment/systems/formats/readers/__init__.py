"""Readers: a file of a tool becomes a draft of a map, with what was guessed or left aside."""
