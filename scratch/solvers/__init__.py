"""The solvers: two ways to find the weights of a linear classifier.

Read in this order:

- ``penalties``: L2, L1, elastic net: their value and their step
- ``schedules``: the learning rates that have a name; ``plateau``: when training has stalled
- ``minibatch``: a step for each mini-batch, vectorised
- ``sequential``: a step for each sample, to scikit-learn's last bit
- ``watch``: is told of each epoch, and may end the training
"""
