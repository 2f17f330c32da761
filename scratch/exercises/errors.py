"""What a kind of error usually means, where no slip explains it: by its text and its line."""

import re

from scratch.exercises.calls import line_of

# Type of the error, a pattern of its text, a pattern of the line that raised it, what to tell.
MEANINGS = (
    (OverflowError, "", "", "exp of a large number: write it so that exp is only asked for numbers "
     "below 0."),
    (ZeroDivisionError, "", "", "Division by 0: what is the denominator when nothing is counted?"),
    (SystemExit, "", "", "The function ends Python: return a result instead of exit()."),
    (MemoryError, "", "", "It needs more memory than there is: is an array made of n x n, or a "
     "list that grows for ever?"),
    (RecursionError, "", "", "The function calls itself for ever."),
    (UnboundLocalError, "", "", "This name gets a value further down, or in a branch that was not "
     "taken: give it one before the loop."),
    (NameError, "", "", "This name has no value: is it misspelt, or an import missing?"),
    (AttributeError, "module 'numpy' has no attribute 'trapz'", "", "np.trapz is called "
     "np.trapezoid since NumPy 2."),
    (AttributeError, "'NoneType'", "", "What should be an array is None: rng.shuffle, list.sort "
     "and list.append change what they are called on and return nothing."),
    (AttributeError, "'(list|tuple|int|float)' object", "", "This is no array, so it has not the "
     "methods of one: np.array(...) makes one."),
    (TypeError, "NoneType", "shuffle", "rng.shuffle shuffles in place and returns None; "
     "rng.permutation returns an order."),
    (TypeError, "'NoneType' object is not (iterable|subscriptable)", "", "Nothing comes out of a "
     "call: rng.shuffle and the like return None; or is a return missing?"),
    (TypeError, "cannot be interpreted as an integer", "range", "range takes whole numbers: an "
     "array or a float is none. len(...) is one; / gives a float, // a whole number."),
    (TypeError, "is not iterable", "in range|for ", "A number can't be gone through: range(n) "
     "counts up to it."),
    (TypeError, "len\\(\\) of unsized|has no len", "", "A number has no length: len takes an array "
     "or a list."),
    (TypeError, "(only integer scalar|only 0-dim|only length-1|scalar arrays can be)", "math\\.",
     "Python's math takes one number: np.exp, np.log and so on take arrays."),
    (TypeError, "only integer scalar arrays", "range", "range takes one whole number, not an "
     "array: len(...) counts."),
    (TypeError, "(only integer scalar|only 0-dim|only length-1|scalar arrays can be)", "",
     "One number is needed here, and an array is given: np.exp and so on take arrays, math.exp one "
     "number; range and an index of a list take whole numbers."),
    (TypeError, "integer scalar arrays|axis|'tuple' object|'numpy.ndarray' object cannot be "
     "interpreted", "maximum|np\\.max|max\\(", "np.max(a, axis) takes the largest of one array; "
     "the larger of two is np.maximum(a, b), of two numbers max(a, b)."),
    (TypeError, "required positional|unexpected keyword|positional argument", "", "A call and a "
     "function don't fit: are number, order and names of the arguments those of the exercise?"),
    (TypeError, "boolean subtract|not supported for the boolean|bitwise", "", "False and True "
     "can't be subtracted: .astype(int) makes 0 and 1 of them."),
    (TypeError, "bitwise_and|&", "&", "& binds more tightly than ==: (a == i) & (b == j)."),
    (TypeError, "object is not callable", "", "Something that is no function is called: does a "
     "variable have the name of a function, or is an operator missing before the bracket?"),
    (TypeError, "is not subscriptable|not subscriptable|invalid index to scalar", "", "A number, "
     "or a function without its brackets, is indexed here."),
    (ValueError, "truth value of an array", r"&|\b(and|or)\b", "& and == bind "
     "otherwise than one thinks, and `and` takes one truth value: write (a == i) & (b == j)."),
    (ValueError, "truth value of an array", "", "if takes one truth value, and an array has many: "
     "np.where(condition, a, b) chooses for each entry."),
    (ValueError, "matmul|shapes .* not aligned|size .* is different", "", "The matrices don't fit: "
     "in A @ B the last axis of A is as long as the first of B. Which of the shapes must be turned "
     "round (.T), or which product comes first?"),
    (ValueError, "broadcast", "", "The shapes don't fit: an array (n,) is a row beside (n, K). "
     "keepdims=True, or [:, None], makes a column of it; if it is no column, should another axis "
     "be summed, or an index be a one-hot row?"),
    (ValueError, "unpack", "", "As many names on the left as results on the right: how many does "
     "the function return?"),
    (ValueError, "setting an array element with a sequence", "", "One number is assigned at a "
     "time: an array stands on the right."),
    (ValueError, "NaN to integer|nan to integer", "", "nan, of 0/0 say, is made an index here."),
    (ValueError, "zip\\(\\)", "", "The two are not equally long."),
    (ValueError, "read-only", "", "An argument is changed in place: copy it, or make a new array."),
    (ValueError, "zero-size|empty", "", "Nothing is left of an array here: which samples does the "
     "condition let through?"),
    (IndexError, "boolean index", "", "A mask must be as long as what it is a mask of."),
    (IndexError, "must be integers|arrays used as indices|only integers", "", "An index is a whole "
     "number: .astype(int), int(...), // instead of /."),
    (IndexError, "too many indices", "", "The array has fewer axes than there are indices: is it "
     "(n,), not (n, K)?"),
    (IndexError, "out of bounds|out of range", "", "An index beyond the end: rows are samples (n), "
     "columns are classes (K): is one taken for the other, or does counting begin at 1?"),
    (KeyError, "", "", "This key is not in the dictionary: begin with a 0 for each class."),
    (RuntimeError, "StopIteration|generator", "", "A generator has run out, or has changed."),
    (FloatingPointError, "", "", "The file asks NumPy to raise on overflow, and it did."),
)  # fmt: skip


def reason(error):
    """Return what an error usually means, or ""."""
    line = line_of(error)
    for kind, text, source, sentence in MEANINGS:
        if (
            isinstance(error, kind)
            and re.search(text, str(error), re.IGNORECASE)
            and re.search(source, line.line or "" if line else "")
        ):
            return sentence
    return ""
