"""A spaCy component that puts the lexicon's dictionary form on each tagged token. Importing this imports spaCy."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.lexicon.lemma import lemma_of, variety_of

NAME = "kodebenk_lexicon_lemmas"


@Language.component(NAME, requires=["token.pos"], assigns=["token.lemma"])
def lexicon_lemmas(doc: Doc) -> Doc:
    """The document with the lexicon's lemma wherever it has one; what stood there before is the last resort.

    The written standard is the one in `doc.user_data["variety"]` or, failing that, the one its small words speak for.
    """
    variety = doc.user_data.get("variety") or variety_of(token.text for token in doc)
    for token in doc:
        token.lemma_ = lemma_of(token.text, token.pos_, variety, token.lemma_)
    return doc
