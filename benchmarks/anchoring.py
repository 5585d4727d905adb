"""Codings in a newer version of a text: how many are placed, left to a person, or put in a wrong place, and how long it takes.

    python benchmarks/anchoring.py [--spans 10000] [--seeds 3] [--characters 1000000] [--anchors 2000]

The first table is the sample interviews and an invented interview of mostly the same few turns, changed in many ways of which
it is known what became of each character. A place is wrong when the outermost kept characters of the span (blanks aside) are not
the outermost kept ones in it. The second is the time for one long text with 1 % stray edits.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from importlib.resources import files

from large_project import transcript

from corpus.alignment import align
from corpus.anchoring import Anchor, place
from corpus.samples import samples
from corpus.text import normalise

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåeeennnttrrdd .,\n"
Text = list[tuple[str, int]]
"""Characters and where in the old text they come from, -1 if from nowhere."""
Change = Callable[[random.Random, Text], Text]


def sample_text() -> str:
    folder = files("corpus") / "sample" / "interviews"
    names = [each.file for each in samples() if each.file.endswith((".txt", ".md", ".srt", ".vtt"))]
    return "\n\n".join(normalise((folder / name).read_text("utf-8")) for name in names)


def repetitive_text() -> str:
    random_ = random.Random(7)
    words = "vi har ikke plass nok og det er vanskelig for alle som bor her nå".split()
    asked = ["Mm.", "Ja.", "Hva tenker du om det?", "Kan du si litt mer?", "Nei.", "Ok."]
    told = ["Ja.", "Ja.", "Mm.", "Nei.", "Ja, det er det.", "Det vet jeg ikke."]
    lines = []
    for _ in range(1500):
        said = " ".join(random_.choices(words, k=random_.randint(5, 30))) + "."
        lines += [f"I: {random_.choice(asked)}", f"R: {random_.choice([*told, said])}"]
    return "\n".join(lines)


def added(text: str) -> Text:
    return [(char, -1) for char in text]


def plain(text: Text) -> str:
    return "".join(char for char, _ in text)


def stray(share: float) -> Change:
    def change(random_: random.Random, text: Text) -> Text:
        found: Text = []
        for each in text:
            kind = random_.randrange(3) if random_.random() < share else 3
            found += added(random_.choice(LETTERS)) if kind in (0, 2) else []
            found += [each] if kind in (0, 3) else []
        return found

    return change


def clustered(random_: random.Random, text: Text) -> Text:
    """2 % of the characters, in stretches of 20 to 60 of which a third is edited."""
    found: Text = []
    at = 0
    while at < len(text):
        length = random_.randint(20, 60) if random_.random() < 0.0013 else 1
        stretch = text[at : at + length]
        found += stray(0.35)(random_, stretch) if length > 1 else stretch
        at += length
    return found


def bursts(random_: random.Random, text: Text) -> Text:
    """Every 300 characters up to 15 are taken out, up to 15 put in, or both."""
    found: Text = []
    at = 0
    while at < len(text):
        if random_.random() < 0.003:
            kind = random_.randrange(3)
            found += added("".join(random_.choices(LETTERS, k=random_.randint(1, 15)))) if kind else []
            at += random_.randint(1, 15) if kind < 2 else 0
        found += text[at : at + 1]
        at += 1
    return found


def lines(text: Text) -> list[Text]:
    found: list[Text] = [[]]
    for each in text:
        found[-1].append(each)
        if each[0] == "\n":
            found.append([])
    return found


def joined(parts: list[Text]) -> Text:
    return [each for part in parts for each in part]


def deleted(random_: random.Random, text: Text) -> Text:
    return joined([line for line in lines(text) if random_.random() > 0.05])


def inserted(random_: random.Random, text: Text) -> Text:
    """After every twentieth line a copy of another."""
    all_lines = lines(text)
    copies = [added(plain(random_.choice(all_lines))) if random_.random() < 0.05 else [] for _ in all_lines]
    return joined([part for pair in zip(all_lines, copies, strict=True) for part in pair])


def moved(random_: random.Random, text: Text) -> Text:
    """Ten times up to six lines to another place."""
    all_lines = lines(text)
    for _ in range(10):
        at, number = random_.randrange(len(all_lines)), random_.randint(1, 6)
        block = all_lines[at : at + number]
        del all_lines[at : at + number]
        to = random_.randrange(len(all_lines))
        all_lines[to:to] = block
    return joined(all_lines)


def swapped(random_: random.Random, text: Text) -> Text:
    """Every twentieth line and the next change places."""
    all_lines = lines(text)
    for at in range(0, len(all_lines) - 1, 2):
        if random_.random() < 0.1:
            all_lines[at], all_lines[at + 1] = all_lines[at + 1], all_lines[at]
    return joined(all_lines)


def replaced(pattern: str, by: Callable[[re.Match[str]], str]) -> Change:
    def change(random_: random.Random, text: Text) -> Text:
        found: Text = []
        at = 0
        for match in re.finditer(pattern, plain(text), re.MULTILINE):
            found += text[at : match.start()] + added(by(match))
            at = match.end()
        return found + text[at:]

    return change


def other_words(share: float) -> Change:
    """Words replaced by, followed by, or left out for others of the same text."""

    def change(random_: random.Random, text: Text) -> Text:
        words = re.findall(r"\w+", plain(text))
        found: Text = []
        at = 0
        for match in re.finditer(r"\w+", plain(text)):
            if random_.random() >= share:
                continue
            kind = random_.randrange(3)
            found += text[at : match.end() if kind == 1 else match.start()]
            found += added(f" {random_.choice(words)}"[kind == 0 :]) if kind < 2 else []
            at = match.end() + (kind == 2)
        return found + text[at:]

    return change


CHANGES: dict[str, Change] = {
    "1 % stray edits": stray(0.01),
    "2 % stray edits": stray(0.02),
    "5 % stray edits": stray(0.05),
    "edits in clusters": clustered,
    "bursts of edits": bursts,
    "5 % of lines taken out": deleted,
    "5 % of lines put in": inserted,
    "blocks of lines moved": moved,
    "lines swapped": swapped,
    "swapped and 1 %": lambda random_, text: stray(0.01)(random_, swapped(random_, text)),
    "labels renamed": replaced(r"^(Intervjuer|Informant \d|I|R):", lambda match: f"Ny {match[0]}"),
    "labels and 1 %": lambda random_, text: stray(0.01)(random_, CHANGES["labels renamed"](random_, text)),
    "time stamps put in": replaced(r"^(?=\S+:)", lambda match: f"[00:{match.start() // 1000 % 60:02}:31] "),
    "line breaks halved": replaced("\n\n", lambda match: "\n"),
    "5 % other words": other_words(0.05),
    "20 % other words": other_words(0.2),
    "60 % other words": other_words(0.6),
}


def spans(random_: random.Random, text: str, number: int) -> list[tuple[int, int]]:
    """Words, runs of words, lines, several lines, and any characters at all."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    units = [match.span() for match in re.finditer(r"[^\n]+", text)]
    found = []
    for n in range(number):
        of, most = ((words, 1), (words, 60), (units, 1), (units, 5), ([], 0))[n % 5]
        if of:
            first = random_.randrange(len(of))
            found.append((of[first][0], of[min(len(of), first + random_.randint(1, most)) - 1][1]))
        else:
            start = random_.randrange(len(text) - 1)
            found.append((start, min(len(text), start + random_.randint(1, 200))))
    return found


def is_wrong(old: str, new: Text, places: dict[int, int], span: tuple[int, int], found: tuple[int, int]) -> bool:
    kept = [at for at in range(*span) if at in places and not old[at].isspace()]
    there = [at for _, at in new[found[0] : found[1]] if at >= 0 and not old[at].isspace()]
    return bool(kept) and not (there and kept[0] == there[0] and kept[-1] == there[-1])


def measured(old: str, change: Change, seeds: int, number: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for seed in range(seeds):
        random_ = random.Random(seed)
        asked = spans(random_, old, number // seeds)
        new = change(random_, list(zip(old, range(len(old)), strict=True)))
        places = {at: n for n, (_, at) in enumerate(new) if at >= 0}
        anchors = [Anchor(key=str(n), start=start, end=end) for n, (start, end) in enumerate(asked)]
        for span, found in zip(asked, place(old, plain(new), anchors), strict=True):
            wrong = found.how != "queued" and is_wrong(old, new, places, span, (found.start, found.end))
            counts.update(["wrong" if wrong else found.how])
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spans", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--anchors", type=int, default=2_000)
    arguments = parser.parse_args()
    for title, old in (("the sample interviews", sample_text()), ("mostly the same few turns", repetitive_text())):
        print(f"{title}, {len(old):,} characters: placed, queued, wrong")
        for name, change in CHANGES.items():
            counts = measured(old, change, arguments.seeds, arguments.spans)
            number = counts.total()
            share = 100 * counts["queued"] / number
            print(f"  {name:24} {100 - share:6.2f} %  {share:6.2f} %  {counts['wrong']:3d} of {number}")
    random_ = random.Random(2)
    old = transcript(random_, arguments.characters).text
    new = plain(stray(0.01)(random_, list(zip(old, range(len(old)), strict=True))))
    anchors = [Anchor(key="", start=start, end=end) for start, end in spans(random_, old, arguments.anchors)]
    for name, act in (("align", lambda: align(old, new)), ("place", lambda: place(old, new, anchors))):
        begin, used = time.perf_counter(), time.process_time()
        act()
        wall, processor = time.perf_counter() - begin, time.process_time() - used
        print(
            f"{name}, {len(old):,} characters, {len(anchors):,} anchors: {wall:.2f} s, {processor:.2f} s of a processor"
        )


if __name__ == "__main__":
    main()
