"""Stochastic gradient descent one sample at a time, with scikit-learn's bits.

The plain version is `scratch.textbook.fit_one_sample_at_a_time`. Read in this order: ``lockstep``
(the step, once), ``rows`` (what it reads), ``rounding`` (how it rounds), ``order`` (scikit-learn's
shuffle), ``objective`` (what the stopping rule watches), ``fused_multiply_add`` (how averages are
rounded).
"""
