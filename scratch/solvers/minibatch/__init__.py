"""Mini-batch stochastic gradient descent.

The plain version is `scratch.textbook.sgd_step`; this is the same step without waste, for both
losses, with momentum, averages and L1. From `fit` to the matrix product:

    SoftmaxClassifier.fit        scratch/linear_model/minibatch.py   prepare, choose the step, train
      └ train                    epochs.py       epoch after epoch, until the objective stalls
          └ run_epoch            epochs.py       batch after batch
              └ Descent.update   descent.py      one update: gradient, step, L1, average
                  ├ gradient_of  descent.py      the gradient, with both matrix products
                  └ move         optimisers.py   the rule that turns the gradient into a step

Read in this order:

- ``descent``: the gradient, and what happens in one update
- ``optimisers``: momentum, Nesterov; another rule is one more class there
- ``averages``: the mean of the weights over the steps
- ``epochs``: the loops, and when to stop
- ``coordinates``: steps as if the features were centred and scaled, for "auto"
- ``first_step``: coordinates and η₀ of "auto"; how it falls is in `scratch.solvers.schedules`
- ``samples``: how batches are drawn and read
- ``buffers``: the memory that is used again, and the tiles of the matrix products
"""
