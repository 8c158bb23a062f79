"""Writers: a map becomes a file of a tool, with what that tool cannot hold."""
