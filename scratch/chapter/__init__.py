"""The lesson that ``python -m scratch`` tells: recognising handwritten digits.

- ``lesson``: the one structure that holds every number, array and curve of the chapter
- ``examples``: its small examples, computed by hand-sized inputs
- ``compute``: data, training and judging; fills the structure
- ``terminal``, ``figures``, ``page``: views over it
- ``command``: the command line
"""
