"""Stochastic gradient descent one sample at a time, with scikit-learn's bits.

The plain version is `scratch.textbook.fit_one_sample_at_a_time`: read that first. Then, in this
order:

- ``steps``: the step; where each number is rounded
- ``lockstep``: epochs and lots of steps, what is shared by the classes, what follows from the steps
- ``state``: what the solver is given, and where it stands
- ``rows``: what a step reads, whole rows or non-zeros
- ``objective``: what the stopping rule watches
- ``order``: scikit-learn's shuffle
- ``averaging``, ``fused_multiply_add``: the average of the weights, and how BLAS rounds it

From `fit` to the dot product::

    SGDClassifier.fit            checks the input, and asks for scikit-learn's random numbers
      lockstep.solve             epochs, until all classes have ended
        Lockstep.epoch           one epoch: pass over the samples, then look for a plateau
          Lockstep._take_steps   a lot of steps: prepares them, and accounts for them afterwards
            steps.of_one_class   the steps: z, u, w, b (also `of_classes`, `on_numbers`);
                                 w·x is added up from the first feature to the last
"""
