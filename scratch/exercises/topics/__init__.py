"""The exercises, a file a topic, in the textbook's order."""
