"""Names for the types of arrays in annotations; input is NumPy's `ArrayLike`."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: An array of any type of number or label.
Array: TypeAlias = NDArray[Any]
#: float64, or float32 where the input is.
Floats: TypeAlias = NDArray[np.floating[Any]]
#: Integers: codes of classes, indices, counts.
Ints: TypeAlias = NDArray[np.integer[Any]]
Bools: TypeAlias = NDArray[np.bool_]
#: The label of a class.
Label: TypeAlias = float | str | bool | np.generic
#: The source of randomness in a parameter: a seed, a generator, or None for NumPy's global one.
RandomState: TypeAlias = int | np.random.RandomState | None
