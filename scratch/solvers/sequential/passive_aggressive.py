"""The learning rates "pa1" and "pa2": steps that look at the sample.

A step on a sample x of the class y = ±1, with margin m and hinge loss ℓ = max(0, 1 - m), moves w by
u·x. It changes the margin by y·u·‖x‖². So ``u = y ℓ / ‖x‖²`` is the shortest step that makes the
loss of this sample 0: passive where the loss is 0, aggressive elsewhere. A parameter C, scikit-
learn's `eta0`, holds it back where samples contradict each other:

    pa1:  u = y · min(C, ℓ / ‖x‖²)
    pa2:  u = y · ℓ / (‖x‖² + 1 / (2C))

References
----------
K. Crammer, O. Dekel, J. Keshet, S. Shalev-Shwartz and Y. Singer, "Online passive-aggressive
algorithms", Journal of Machine Learning Research 7, 2006.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: Whether a sample belongs to the class, and its ‖x‖².
Target: TypeAlias = tuple[bool, float]


@dataclass(frozen=True)
class PassiveAggressive:
    """How such a step is found; `residual` stands for that of a loss, with the step size 1."""

    name: Literal["pa1", "pa2"]
    C: float

    @property
    def passes_over_zeros(self) -> bool:
        """Whether samples without features are left out; "pa2" moves the intercept on them."""
        return self.name == "pa1"

    def residual(self, score: float, target: Target) -> float:
        """Return -u.

        Examples
        --------
        >>> PassiveAggressive("pa1", C=10.0).residual(0.5, (True, 4.0))
        -0.125
        """
        positive, squared_norm = target
        margin = score if positive else -score
        loss = 1.0 - margin if margin <= 1.0 else 0.0
        if self.name == "pa1":
            step = min(self.C, loss / squared_norm)
        else:
            step = loss / (squared_norm + 0.5 / self.C)
        return -step if positive else step
