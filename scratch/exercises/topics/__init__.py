"""The laws, one file a topic: what every right implementation of an exercise fulfils."""
