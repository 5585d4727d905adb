"""What `spacy train` runs before it starts: our network becomes known, and NumPy multiplies."""

from __future__ import annotations

from thinc.api import NumpyOps, set_current_ops

from nlp import network

assert network.EMBEDDING
set_current_ops(NumpyOps(use_blis=False))
