"""The solvers: two ways to find the weights of a linear classifier.

Read in this order:

- ``penalties``: L2, L1, elastic net: their value and their step
- ``schedules``: how large each step is, and when training has stalled
- ``minibatch``: a step for each mini-batch, vectorised
- ``sequential``: a step for each sample, to scikit-learn's last bit
- ``holdout``: the samples that early stopping keeps apart
- ``watch``: who is told of the epochs
"""
