"""Benchmarks: scratch raced against scikit-learn, other peers that are installed, and the floor.

``python -m benchmarks --help`` shows what there is. The parts:

- ``race``: interleaved timing, ratios pair by pair, progress
- ``machine``: what the figures were measured on
- ``report``: tables on the terminal and as JSON
- ``plots``: how pictures look
- ``problems``, ``objective``, ``solvers``: what is trained on, what is minimised, who runs
- ``train``, ``sgd``, ``metrics``, ``scaling``: the benchmarks, each a module with four functions:
  `measure` appends records, and `tables`, `pictures` and `unlike` are views of the records
- ``command``: the command line
"""
