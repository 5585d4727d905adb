"""The corpus page: one file that fetches nothing, where hostile words stay words, read without and with a browser."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from exports.html.model import Corpus, SourceText, Stretch
from exports.html.page import render_corpus
from exports.models import Excerpt, QuoteBank

Make = Callable[..., Excerpt]

HOSTILE = (
    "Int: Hva</script><script>alert(1)</script> nå?\n"
    "A: <!-- 😀👩‍👩‍👧 e\u0301 \"sitat\" & 'enkelt' \u2028 <img src=x onerror=alert(2)> Vi står i kø i Lunden.\n"
    "A: Og så {{data}} venter vi videre.\n"
)
OTHER = "B: Det er også kø i Ås, og eg veit ikkje kven som har ansvaret.\n"


def at(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


@pytest.fixture
def corpus(bank: QuoteBank, excerpt: Make) -> Corpus:
    """Two texts in two cases, with overlap, two coders on one place, and a code that is in no codebook."""
    queue = at(HOSTILE, "Vi står i kø i Lunden")
    excerpts = (
        excerpt(id="h1", quote_id="I03-001", source="s1", cases=("Lunden",), **queue),
        excerpt(id="h2", quote_id="I03-002", source="s1", cases=("Lunden",), coder="Ole", first_coder="Åse", **queue),
        excerpt(id="h3", quote_id="I03-003", source="s1", cases=("Lunden",), code="okonomi", code_name="Økonomi", star=True,
                code_path=("Økonomi",), memo="</script>", **at(HOSTILE, "kø i Lunden.\nA: Og så")),
        excerpt(id="h4", quote_id="I11-001", source="s2", cases=("Ås", "Fjellvik"), informant="I11", language="nn",
                code="løs", code_name="<b>Løs</b>", code_path=("<b>Løs</b>",), **at(OTHER, "kø i Ås")),
        excerpt(id="h5", quote_id="R01-001", source="s2", cases=("Ås", "Fjellvik"), verbatim=False, source_kind="minutes",
                informant="", **at(OTHER, "ansvaret")),
    )  # fmt: skip
    first = HOSTILE.index("\n") + 1
    turns = (Stretch(0, 5, first - 1, True), Stretch(first, first + 3, len(HOSTILE) - 1, False))
    return Corpus(
        bank=replace(bank, title="Korpus <i>& co</i>", excerpts=excerpts),
        sources=(
            SourceText(id="s1", label="I03 · Lunden", language="nb", text=HOSTILE, cases=("Lunden",), turns=turns),
            SourceText(id="s2", label="I11 · Ås", language="nn", text=OTHER, cases=("Ås", "Fjellvik")),
        ),
    )


def data_of(page: bytes) -> dict[str, Any]:
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus) -> None:
    assert render_corpus(corpus) == render_corpus(corpus)


def test_the_policy_lets_only_the_pages_own_style_and_program_run(corpus: Corpus) -> None:
    page = render_corpus(corpus)
    tree = html.fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    (style,) = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    for content in (style, script):
        assert f"'sha256-{b64encode(hashlib.sha256(content).digest()).decode()}'" in policy
    assert b"url(" not in style
    assert b"@import" not in style


def test_nothing_in_the_page_points_out_of_it(corpus: Corpus) -> None:
    page = render_corpus(corpus)
    tree = html.fromstring(page)
    assert tree.xpath("//@src | //@srcset | //@action | //@style | //@onerror | //@onload") == []
    assert tree.xpath("//@href") == ["data:,"]
    assert re.search(rb"https?://|fetch\(|XMLHttpRequest|WebSocket|import\(|innerHTML|eval\(", page) is None


def test_hostile_words_stay_words(corpus: Corpus) -> None:
    page = render_corpus(corpus)
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 2
    assert tree.xpath("//img | //i | //b") == []
    assert tree.xpath("//title/text()") == ["Korpus <i>& co</i>"]
    data = data_of(page)
    assert [source["text"] for source in data["sources"]] == [HOSTILE, OTHER]
    assert b"\xe2\x80\xa8" not in page.split(b'id="data">')[1].split(b"</script>")[0]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_text_travels_unharmed(words: str) -> None:
    from datetime import date

    bank = QuoteBank(title=words, date=date(2026, 11, 22))
    page = render_corpus(Corpus(bank=bank, sources=(SourceText(id="s", label=words, language="nb", text=words),)))
    (source,) = data_of(page)["sources"]
    if words.isprintable():
        assert source["text"] == source["label"] == words
    assert len(html.fromstring(page).xpath("//script")) == 2


def test_a_place_stands_once_with_all_who_coded_it(corpus: Corpus) -> None:
    segments = data_of(render_corpus(corpus))["segments"]
    assert [(each["source"], each["ids"], each["coders"], each["first"]) for each in segments] == [
        (0, ["I03-001", "I03-002"], ["Åse", "Ole"], ["Åse"]),
        (0, ["I03-003"], ["Åse"], []),
        (1, ["I11-001"], ["Åse"], []),
        (1, ["R01-001"], ["Åse"], []),
    ]
    assert segments[0]["who"] == "(Lunden, I03)"
    assert segments[3]["note"] == "Fra referat (ikke ordrett):"


def test_no_name_that_the_attribution_does_not_show_is_in_the_page(corpus: Corpus) -> None:
    page = render_corpus(corpus).decode()
    assert "03-fjellvik-marit-hansen.docx" not in page
    assert "boligkonsulent" not in page


def test_it_can_be_read_without_a_program(corpus: Corpus) -> None:
    tree = html.fromstring(render_corpus(corpus))
    (plain,) = tree.xpath("//noscript/main")
    assert "Om det finnes en bolig å få." in plain.text_content()
    quotes = plain.xpath(".//blockquote")
    assert [(each.get("lang"), each.text_content()) for each in quotes] == [
        ("nb", "Vi står i kø i Lunden"),
        ("nn", "ansvaret"),
        ("nb", "kø i Lunden.\nA: Og så"),
        ("nn", "kø i Ås"),
    ]


# -- in a browser: the address drives the page, and the DOM is read back


@contextmanager
def serving(page: bytes) -> Iterator[tuple[str, list[str]]]:
    """The page's address, and every address that is asked for: the server is the browser's proxy to the whole world."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def do_CONNECT(self) -> None:
            # The browser's own calls home, which no switch silences altogether; the page knows none of those hosts.
            if not self.path.endswith((".google.com:443", ".googleapis.com:443")):
                asked.append(self.path)
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def browse(tmp_path: Path, require_program: Callable[[str], str]) -> Callable[[bytes, str], Any]:
    """Gives the page's DOM after its program has run, at an address after #."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    program = require_program("chromium" if found is None else Path(found).name)

    def read(page: bytes, address: str) -> Any:
        with serving(page) as (url, asked):
            done = subprocess.run(
                [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,Translate",
                 f"--user-data-dir={tmp_path / 'profil'}", f"--proxy-server={url.rstrip('/')}", "--proxy-bypass-list=<-loopback>",
                 "--virtual-time-budget=4000", "--dump-dom", f"{url}#{address}"],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
        assert {path.removeprefix(url.rstrip("/")) for path in asked} == {"/"}
        return html.fromstring(done.stdout.decode("utf-8"))

    return read


def _with_class(tree: Any, name: str, tag: str = "*") -> list[Any]:
    found: list[Any] = tree.xpath(f"//{tag}[contains(concat(' ', @class, ' '), ' {name} ')]")
    return found


@pytest.mark.program("chromium")
class TestInABrowser:
    def test_a_page_that_fetches_is_found_out(self, browse: Callable[[bytes, str], Any]) -> None:
        with pytest.raises(AssertionError, match="bilde"):
            browse(b"<!doctype html><img src='http://example.org/bilde'>", "")

    def test_a_filter_in_the_address_holds(self, corpus: Corpus, browse: Callable[[bytes, str], Any]) -> None:
        tree = browse(render_corpus(corpus), "code=bolig&case=Lunden")
        assert [each.text_content() for each in tree.xpath("//ol//blockquote")] == ["Vi står i kø i Lunden"]
        assert tree.xpath("//input[@type='checkbox']/@value")[0] == "bolig"
        (status,) = tree.xpath("//*[@id='status']")
        assert status.text_content() == "1 av 4 utdrag"
        assert _with_class(tree, "choice")[1].text_content() == "Bolig1"

    def test_a_quote_in_the_address_is_marked_in_its_text(
        self, corpus: Corpus, browse: Callable[[bytes, str], Any]
    ) -> None:
        tree = browse(render_corpus(corpus), "q=i03-003")
        marked = _with_class(tree, "current", "mark")
        assert "".join(each.text_content() for each in marked) == "kø i Lunden.\nA: Og så"
        assert "many" in marked[0].get("class")
        (script,) = _with_class(tree, "script")
        lines = "".join(each.text_content() for each in script.xpath("./div[@class='line']"))
        assert lines == HOSTILE
        assert len(_with_class(script, "stripe")) == 2
        (about,) = tree.xpath("//aside")
        assert "Penger i tjenestene." in about.text_content()
        assert tree.xpath("//img | //*[@id='app']//script") == []

    def test_words_and_stars_narrow_the_list(self, corpus: Corpus, browse: Callable[[bytes, str], Any]) -> None:
        tree = browse(render_corpus(corpus), "text=KØ%20%20i&star=1")
        assert tree.xpath("//ol//article/h3/text()") == ["Økonomi"]
        tree = browse(render_corpus(corpus), "case=%C3%85s")
        assert tree.xpath("//ol//blockquote/@lang") == ["nn", "nn"]
        assert "Fra referat (ikke ordrett):" in tree.xpath("//ol")[0].text_content()
