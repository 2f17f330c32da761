"""Known mistakes as formulas, one file a topic: a diagnosis is the one that gives what came out."""
