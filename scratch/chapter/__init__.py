"""The lesson that ``python -m scratch`` tells: recognising handwritten digits.

- ``lesson``: the one structure that holds every number, array and curve of the chapter
- ``compute``: fills it, part by part: ``data`` (1), ``examples`` and ``landscape`` (2 and 4),
  ``derivative`` (3), ``judging`` (5), ``ten`` (6), ``generalisation`` (7), and ``last`` with
  ``races`` (8); only ``last`` is given the test set
- ``parts``: the parts' titles and questions; ``homework``: their exercises
- ``terminal``, ``page``, ``notebook``: views over the lesson; they share ``words`` and ``formats``;
  ``figures``, ``figures_early`` and ``plots`` draw its pictures, the stills of the page's figures
- ``excerpts`` is the textbook's code, ``formula`` turns a little TeX into MathML, ``page_words``
  fills the text's blanks, ``page_data`` is what the page's scripts work on, ``page_order`` the
  page's own random order
- ``web``: the page's text, style and scripts, a part a file; ``web/textbook.js`` is the textbook's
  training once more, ``web/work.js`` runs it in slices
- ``output``, ``command``: where files may be written, and the command line
"""
