"""The forms a systems map is kept in: ours, and those of the tools people already use.

A reader makes a draft, a writer takes a document; they never meet but in the map between them.
"""
