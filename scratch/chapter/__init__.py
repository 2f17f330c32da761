"""The lesson that ``python -m scratch`` tells: recognising handwritten digits.

- ``lesson``: the one structure that holds every number, array and curve of the chapter
- ``examples``: its small examples, computed by hand-sized inputs
- ``compute``: data, training and judging; fills the structure, with ``growth`` (the run of the ten
  digits, epoch by epoch), ``races``, ``live`` (what the page trains on) and ``landscape``
- ``terminal``, ``figures``, ``page``, ``notebook``: views over it; they share ``words`` and
  ``formats``; ``excerpts`` is the textbook's code, ``page_data`` what the page's scripts work on
- ``web``: the page's text, style and scripts, a part a file; ``web/textbook.js`` is the textbook's
  training once more, and ``web/live.js`` the lab around it
- ``output``, ``command``: where files may be written, and the command line
"""
