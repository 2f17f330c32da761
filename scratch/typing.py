"""Names for the types of arrays that annotations use; NumPy's `ArrayLike` is what comes in."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Of any type of number or label.
Array: TypeAlias = NDArray[Any]
#: float64, or float32 where the input is.
Floats: TypeAlias = NDArray[np.floating[Any]]
#: Integers: codes of classes, indices, counts.
Ints: TypeAlias = NDArray[np.integer[Any]]
Bools: TypeAlias = NDArray[np.bool_]
#: Of a class.
Label: TypeAlias = float | str | bool | np.generic
#: What stands for randomness in parameters: a seed, a source, or None for NumPy's global one.
RandomState: TypeAlias = int | np.random.RandomState | None
