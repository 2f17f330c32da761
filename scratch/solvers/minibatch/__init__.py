"""Mini-batch stochastic gradient descent with momentum.

The plain version is `scratch.textbook.sgd_step`; this is the same step without waste. Read in this
order: ``descent`` (the gradient and the step), ``epochs`` (the loop, and when to stop),
``first_step`` (how large the first step is), ``samples`` (how batches are read), ``buffers`` (the
memory that is used again, and the tiles of the matrix products).
"""
