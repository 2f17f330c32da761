"""Benchmarks: scratch raced against scikit-learn, other peers that are installed, and the floor.

``python -m benchmarks`` shows what there is. To correct how a peer is run, see `grids` and
`peers`. The parts:

- ``race``: interleaved timing, ratios round by round, progress
- ``machine``: the machine of the figures; ``report``, ``plots``: how they are shown
- ``problems``, ``objective``: the data, and the judge
- ``train``, made of

  - ``agreement``, ``same_steps``: is it like for like?
  - ``to_accuracy``: how fast does each contender reach a target? By ``grids`` (the settings),
    ``contenders`` (how each runs), ``peers`` (loops in other libraries), ``choice`` (the rule)
  - ``costs``: an epoch against its ``floors``, and beside a busy ``neighbour``
  - ``answers``: `predict` and `predict_proba`
  - ``suboptimality``: the same objective over time, of ``solvers``, above the ``optimum``

- ``auto``: all contenders at their ``defaults`` on made-up ``families`` of data and on real
  ``tables``; ``shares`` judges
- ``scale``: workers that train side by side: a ``cluster`` of processes, and ``rounds`` simulated
- ``epoch``, ``sgd``, ``metrics``, ``scaling``: the other benchmarks
- ``command``: the command line

A benchmark is a module with four functions: `measure` appends records, and `tables`, `pictures`
and `unlike` are views of the records.
"""
