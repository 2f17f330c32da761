"""Mini-batch stochastic gradient descent.

The plain version is `scratch.textbook.sgd_step`; this is the same step without waste, for every
`scratch.losses.Loss`, with momentum, averages and L1. From `fit` to the matrix product:

    SoftmaxClassifier.fit        scratch/linear_model/mini_batch_classifier.py   a table of contents
      ├ training_data            scratch/linear_model/training_data.py   checked targets and weights
      ├ steps_of_fit             auto.py       all that "auto" decides
      └ train                    epochs.py     epoch after epoch, until the objective stalls
          └ Descent.update       descent.py    one update: gradient, step, L1, average
              ├ read_rows        samples.py    a batch of X, into memory that is used again
              ├ residual_in_place  scratch/losses.py   probability − target
              ├ put_scores, add_step  products.py   the two matrix products
              └ move             optimisers.py the rule that turns the gradient into a step

Read in this order:

- ``descent``: one update, and the coordinates that it is made in
- ``products``: the two matrix products, and the memory that they work in; ``sparse``: the same for
  sparse rows
- ``optimisers``: momentum, Nesterov; another rule is one more class there
- ``averages``: the mean of the weights over the steps
- ``epochs``: the loop, and when to stop
- ``auto``: the learning rate that needs no tuning, from top to bottom
- ``columns``: moments, extremes and curvature of the samples, by which ``auto`` decides
- ``samples``: how batches are drawn and read
"""
