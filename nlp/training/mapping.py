"""NDT's tags put into UD's, learned from the sentences that both have.

Each question (part of speech, features, lemma) is answered by the most specific circumstances that were seen often
enough, so what the two tag sets agree on costs nothing and the few real choices rest on the tree: *har* is AUX where a
verb hangs on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from nlp.training.treebank import Sentence, Word

_ENOUGH = 0.8
_ROUNDS = 12
_BOKMAL_NAMES = {
    "bu": "be",
    "eint": "ent",
    "<ikkje-clb>": "<ikke-clb>",
    "<ordenstal>": "<ordenstall>",
    "<st-verb>": "<s-verb>",
    "st-form": "pass",
    "adj+subst": "<adj+subst>",
}

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Backoff:
    """Answers by circumstance, the most specific first."""

    levels: int
    seen: list[dict[Key, Counter[str]]] = field(init=False)

    def __post_init__(self) -> None:
        self.seen = [defaultdict(Counter) for _ in range(self.levels)]

    def learn(self, keys: Sequence[Key], answer: str) -> None:
        for level, key in zip(self.seen, keys, strict=True):
            level[key][answer] += 1

    def answer(self, keys: Sequence[Key]) -> str | None:
        """The commonest answer of the first level that is clear about it; None where nothing was seen."""
        unclear: str | None = None
        for level, key in zip(self.seen, keys, strict=True):
            if key in level:
                (best, count), total = level[key].most_common(1)[0], level[key].total()
                if count >= 2 and count / total >= _ENOUGH:
                    return best
                unclear = unclear or best
        return unclear


@dataclass(slots=True)
class Chooser:
    """Chooses between the answers that one NDT word class may have: an averaged perceptron, the same each time."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    weights: dict[tuple[str, str], float] = field(default_factory=dict)

    def learn(self, cases: Sequence[tuple[str, list[str], str]]) -> None:
        """Settles the weights.

        Args:
            cases: (NDT word class, circumstances, answer) of every word.
        """
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for word_class, _, answer in cases:
            seen[word_class][answer] += 1
        self.answers = {word_class: [answer for answer, _ in found.most_common()] for word_class, found in seen.items()}
        open_cases = [case for case in cases if len(self.answers[case[0]]) > 1]
        total: dict[tuple[str, str], float] = defaultdict(float)
        step = 0
        for _ in range(_ROUNDS):
            for word_class, circumstances, answer in open_cases:
                step += 1
                chosen = self.choose(word_class, circumstances)
                if chosen == answer:
                    continue
                for circumstance in circumstances:
                    for changed, by in ((answer, 1.0), (chosen, -1.0)):
                        key = (changed, circumstance)
                        self.weights[key] = self.weights.get(key, 0.0) + by
                        total[key] += step * by
        self.weights = {key: weight - total[key] / step for key, weight in self.weights.items()}

    def choose(self, word_class: str, circumstances: Iterable[str]) -> str:
        """The answer with the highest weight; `X` for a word class that was never seen."""
        answers = self.answers.get(word_class, ["X"])
        if len(answers) == 1:
            return answers[0]
        known = list(circumstances)
        return max(answers, key=lambda answer: sum(self.weights.get((answer, each), 0.0) for each in known))


@dataclass(slots=True)
class TagMap:
    """How NDT words become UD words. Made by `learn`."""

    parts_of_speech: Chooser
    features: Backoff
    lemmas: Backoff
    preferred: Backoff | None = None
    """Features of another written standard, asked first, so that both get the same ones for the same NDT tags."""

    def mapped(self, sentence: Sentence) -> Sentence:
        """The sentence with UD tag, features and lemma; heads, relations and entities stay as they are."""
        words = []
        for place, word in enumerate(sentence):
            tag = self.parts_of_speech.choose(word.tag, _circumstances(sentence, place))
            keys = _feature_keys(word, tag)
            features = self.preferred.answer(keys) if self.preferred else None
            features = (self.features.answer(keys) or "") if features is None else features
            lemma = self.lemmas.answer(_lemma_keys(word, tag)) or ""
            words.append(replace(word, tag=tag, features=features, lemma=word.lemma if lemma in ("", "=") else lemma))
        return tuple(words)


def learn(pairs: Iterable[tuple[Sentence, Sentence]]) -> TagMap:
    """A map from sentences that stand in both tag sets, word for word.

    Args:
        pairs: (NDT sentence, UD sentence).
    """
    learned = TagMap(Chooser(), Backoff(3), Backoff(2))
    cases = []
    for ndt, ud in pairs:
        for place, (word, target) in enumerate(zip(ndt, ud, strict=True)):
            cases.append((word.tag, _circumstances(ndt, place), target.tag))
            learned.features.learn(_feature_keys(word, target.tag), target.features)
            lemma = "=" if target.lemma == word.lemma else target.lemma
            learned.lemmas.learn(_lemma_keys(word, target.tag), lemma)
    learned.parts_of_speech.learn(cases)
    return learned


def paired(ndt: Iterable[Sentence], ud: Iterable[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """The sentences that both have with the same words."""
    by_words = {tuple(word.form for word in sentence): sentence for sentence in ndt}
    return [
        (by_words[words], sentence) for sentence in ud if (words := tuple(word.form for word in sentence)) in by_words
    ]


def with_features(learned: TagMap, ndt: Iterable[Sentence], ud: Iterable[Sentence]) -> list[Sentence]:
    """The UD sentences with the features that the map gives their NDT twins; the few without a twin keep theirs."""
    twins = {tuple(word.form for word in sentence): sentence for sentence in ndt}
    changed = []
    for sentence in ud:
        twin = twins.get(tuple(word.form for word in sentence))
        mapped = learned.mapped(twin) if twin else sentence
        changed.append(
            tuple(replace(word, features=other.features) for word, other in zip(sentence, mapped, strict=True))
        )
    return changed


def _circumstances(sentence: Sentence, place: int) -> list[str]:
    word = sentence[place]
    head = sentence[word.head - 1] if word.head else None
    lemma = word.lemma.lower()
    before = sentence[place - 1].tag if place else ""
    after = sentence[place + 1].tag if place + 1 < len(sentence) else ""
    children = sorted({(other.relation, other.tag) for other in sentence if other.head == place + 1})
    found = [
        f"class {word.tag}",
        f"features {word.tag} {word.features}",
        f"lemma {lemma} {word.tag}",
        f"form {word.form.lower()} {word.features}",
        f"relation {word.relation} {word.tag}",
        f"relation {word.relation} {lemma}",
        f"head {head.tag if head else ''} {word.relation} {word.tag}",
        f"head {head.relation if head else ''} {word.relation} {lemma}",
        f"head {head.lemma if head else ''} {word.relation} {lemma}",
        f"before {before} {lemma}",
        f"after {after} {lemma}",
        f"lonely {not children} {lemma}",
    ]
    for relation, tag in children:
        found += [f"child {relation} {word.tag}", f"child {relation} {lemma}", f"child {relation} {tag} {lemma}"]
    return found


def _feature_keys(word: Word, tag: str) -> list[Key]:
    features = canonical(word.features)
    return [
        (word.tag, features, tag, word.form.lower(), word.lemma.lower()),
        (word.tag, features, tag, word.lemma.lower()),
        (word.tag, features, tag),
    ]


def canonical(features: str) -> tuple[str, ...]:
    """NDT features in one order and with their Bokmål names."""
    return tuple(sorted(_BOKMAL_NAMES.get(each, each) for each in features.split("|")))


def _lemma_keys(word: Word, tag: str) -> list[Key]:
    return [(word.form.lower(), word.lemma, tag, word.features), (word.lemma, tag)]
