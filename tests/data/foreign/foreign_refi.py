"""A REFI-QDA project with one of everything the standard has, invented, every word in it met nowhere else."""

from __future__ import annotations

import io
import zipfile
from uuid import NAMESPACE_OID, uuid5

TEXT = "Kari: Vi bor trangt på hospits.\r\nOla: Ja 😀, vi gjør det.\r\nKari: Det haster.\r\n"
SPOKEN = "Per: Jeg venter på svar.\nPer: Og venter.\n"
PAGES = "Rapporten sier lite om leie."


class Files:
    """A project that can be written again with something changed: `words` are put in the place of others."""

    def __init__(self, *, seed: str = "", words: dict[str, str] | None = None, without: tuple[str, ...] = ()) -> None:
        self._seed = seed
        self._words = words or {}
        self._without = without

    def guid(self, name: str) -> str:
        """A GUID; with another seed, another one: so do tools that make new ones at every export."""
        return str(uuid5(NAMESPACE_OID, f"{self._seed}{name}"))

    def qdpx(self) -> bytes:
        """The archive."""
        files = {
            "intervju.txt": TEXT,
            "lyd.txt": SPOKEN,
            "memo.txt": "memo3 teksten ligger for seg selv",
            "los.txt": "x",
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("project.qde", self.xml())
            for name, text in files.items():
                for old, new in self._words.items():
                    text = text.replace(old, new)
                archive.writestr(f"sources/{name}", text.encode())
        return buffer.getvalue()

    def xml(self) -> bytes:
        """The project file."""
        parts = (self._people(), self._codes(), self._variables(), self._cases(), self._sources(), self._notes())
        body = "".join((*parts, self._groups()))
        for old, new in self._words.items():
            body = body.replace(old, new)
        head = 'xmlns="urn:QDA-XML:project:1.0" name="Alt" origin="Prøve 1" creationDateTime="2026-03-14T09:00:00Z"'
        return f"<Project {head}>{body}</Project>".encode()

    def _id(self, name: str) -> str:
        return f'guid="{self.guid(name)}"'

    def _ref(self, element: str, name: str) -> str:
        return f'<{element} targetGUID="{self.guid(name)}"/>'

    def _coding(self, name: str, code: str, coder: str = "anne", inside: str = "") -> str:
        by = f'creatingUser="{self.guid(coder)}" creationDateTime="2026-03-15T09:00:00Z"'
        return (
            ""
            if name in self._without
            else f"<Coding {self._id(name)} {by}>{self._ref('CodeRef', code)}{inside}</Coding>"
        )

    def _selection(self, name: str, start: int, end: int, inside: str = "", label: str = "") -> str:
        return (
            f'<PlainTextSelection {self._id(name)} name="{label}" startPosition="{start}" endPosition="{end}">{inside}'
            "</PlainTextSelection>"
        )

    def _people(self) -> str:
        return f'<Users><User {self._id("anne")} name="Anne"/><User {self._id("bo")} name="Bo"/></Users>'

    def _codes(self) -> str:
        bolig = (
            f'<Code {self._id("bolig")} name="Bolig" isCodable="true" color="#ABC"><Description>omkode1</Description>'
            f"{self._ref('NoteRef', 'n2')}</Code>"
        )
        gjeld = f'<Code {self._id("gjeld")} name="Gjeld" isCodable="true" color="blå"/>'
        penger = f'<Code {self._id("penger")} name="Penger" isCodable="true">{gjeld}</Code>'
        folder = f'<Code {self._id("mappe")} name="Livet" isCodable="false">{bolig}{penger}</Code>'
        return f"<CodeBook><Codes>{folder}</Codes></CodeBook>"

    def _variables(self) -> str:
        kinds = ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
        found = [f'<Variable {self._id(kind)} name="var{kind}" typeOfVariable="{kind}"/>' for kind in kinds]
        unused = (
            f'<Variable {self._id("ubrukt")} name="varUbrukt" typeOfVariable="Text"><Description>omvariabel1'
            "</Description></Variable>"
        )
        return f"<Variables>{''.join(found)}{unused}</Variables>"

    def _value(self, variable: str, value: str, kind: str) -> str:
        return f"<VariableValue>{self._ref('VariableRef', variable)}<{kind}Value>{value}</{kind}Value></VariableValue>"

    def _cases(self) -> str:
        values = {
            "Text": "verdi1", "Boolean": "true", "Integer": "41", "Float": "2.5", "Date": "2026-01-02",
            "DateTime": "2026-01-02T03:04:05Z",
        }  # fmt: skip
        first = "".join(self._value(kind, value, kind) for kind, value in values.items())
        return (
            f'<Cases><Case {self._id("case1")} name="Kari sak"><Description>omcase1</Description>'
            f"{self._ref('CodeRef', 'bolig')}{first}{self._ref('SourceRef', 'a')}{self._ref('SelectionRef', 's1')}</Case>"
            f'<Case {self._id("case2")} name="Tom sak">{self._value("borte", "verdi2", "Text")}'
            f"{self._ref('SourceRef', 'finnesikke')}</Case></Cases>"
        )

    def _sources(self) -> str:
        return f"<Sources>{self._interview()}{self._missing()}{self._picture()}{self._pdf()}{self._media()}</Sources>"

    def _interview(self) -> str:
        two = self._coding("c1", "bolig", inside=self._ref("NoteRef", "n5")) + self._coding("c2", "penger", "bo")
        inside = (
            "<Description>omkilde1</Description>"
            + self._selection("s1", 6, 30, f"<Description>kommentar1</Description>{two}", "Vi bor trangt på hospits")
            + self._selection("s2", 43, 58, "<Description>kommentar2</Description>")
            + self._selection("s3", 38, 40, self._coding("c3", "gjeld"), "mitt eget navn")
            + self._selection("s4", 60, 64)
            + self._selection("s5", 900, 950, self._coding("c4", "bolig") + "<Description>kommentar3</Description>")
            + self._selection("s6", 5, 5, self._coding("c5", "bolig"))
            + self._selection("s7", 66, 76, self._coding("c6", "finnesikke") + self._coding("c7", "gjeld"))
            + self._coding("c8", "bolig", "bo")
            + self._coding("c9", "bolig", "bo")
            + "".join(self._ref("NoteRef", name) for name in ("n1", "n4"))
            + self._value("Text", "verdi3", "Text")
        )
        return (
            f'<TextSource {self._id("a")} name="Intervju" plainTextPath="internal://intervju.txt">{inside}</TextSource>'
        )

    def _missing(self) -> str:
        inside = (
            "<Description>omkilde2</Description>"
            + self._selection("s8", 0, 4, f"<Description>kommentar4</Description>{self._coding('c10', 'bolig')}")
            + self._value("Text", "verdi4", "Text")
        )
        path = 'plainTextPath="relative:///borte.txt"'
        return f'<TextSource {self._id("b")} name="Borte" {path}>{inside}</TextSource>'

    def _picture(self) -> str:
        area = 'firstX="0" firstY="0" secondX="9" secondY="9"'
        inside = (
            "<Description>omkilde3</Description>"
            f"<PictureSelection {self._id('p1')} {area}><Description>kommentar5</Description>"
            f"{self._coding('c11', 'bolig')}</PictureSelection><PictureSelection {self._id('p2')} {area}/>"
            f"{self._coding('c12', 'bolig')}{self._value('Text', 'verdi5', 'Text')}"
        )
        return f'<PictureSource {self._id("p")} name="Kart" path="internal://kart.png">{inside}</PictureSource>'

    def _pdf(self) -> str:
        area = 'page="0" firstX="0" firstY="0" secondX="9" secondY="9"'
        text = (
            f'<Representation {self._id("rep")} name="tekst"><Description>omkilde4</Description>'
            f"<PlainTextContent>{PAGES}</PlainTextContent>"
            + self._selection("s9", 0, 9, self._coding("c13", "bolig"), "Rapporten")
            + self._value("Boolean", "false", "Boolean")
            + "</Representation>"
        )
        inside = (
            f"<Description>omkilde5</Description><PDFSelection {self._id('d1')} {area}>{self._coding('c14', 'bolig')}"
            f"</PDFSelection>{text}{self._coding('c15', 'gjeld')}"
        )
        return f'<PDFSource {self._id("pdf")} name="Rapport" path="absolute:///rapport.pdf">{inside}</PDFSource>'

    def _media(self) -> str:
        points = "".join(
            f'<SyncPoint {self._id(f"y{time}")} timeStamp="{time}" {place}/>'
            for time, place in ((0, 'position="0"'), (2000, 'position="25"'), (4000, ""))
        )
        spoken = (
            f'<Transcript {self._id("t")} name="Samtale" plainTextPath="internal://lyd.txt">'
            f"<Description>omkilde6</Description>{points}<TranscriptSelection {self._id('ts1')} "
            f'fromSyncPoint="{self.guid("y0")}" toSyncPoint="{self.guid("y2000")}">{self._coding("c16", "bolig")}'
            f'</TranscriptSelection><TranscriptSelection {self._id("ts2")} fromSyncPoint="{self.guid("y2000")}">'
            f"{self._coding('c17', 'bolig')}</TranscriptSelection></Transcript>"
        )
        heard = f'<AudioSelection {self._id("l1")} begin="0" end="9">{self._coding("c18", "bolig")}</AudioSelection>'
        return (
            f'<AudioSource {self._id("lyd")} name="Lyd"><Description>omkilde7</Description>{spoken}{heard}</AudioSource>'
            f'<VideoSource {self._id("film")} name="Film"><Description>omkilde8</Description>{self._coding("c19", "bolig")}'
            f"{self._value('Text', 'verdi6', 'Text')}</VideoSource>"
        )

    def _note(self, name: str, text: str, inside: str = "") -> str:
        said = f"<PlainTextContent>{text}</PlainTextContent>" if text else ""
        path = "" if text else 'plainTextPath="internal://memo.txt"'
        return (
            f'<Note {self._id(name)} name="tittel {name}" {path} creatingUser="{self.guid("bo")}">{said}{inside}</Note>'
        )

    def _notes(self) -> str:
        span = self._selection("ns1", 34, 37)
        return (
            f"<Notes>{self._note('n1', 'memo1 om kilden')}{self._note('n2', 'memo2 om koden')}{self._note('n3', '')}"
            f"{self._note('n4', 'memo4 om et sted', span)}{self._note('n5', 'memo5 om kodingen')}"
            + self._note(
                "n6",
                "memo6 med kode i",
                self._selection("ns2", 0, 3, self._coding("c20", "bolig"))
                + self._selection("ns3", 1, 2)
                + self._selection("ns4", 2, 3)
                + self._value("Text", "verdi7", "Text"),
            )
            + self._note("n7", "memo7 i en gruppe")
            + f'<Note {self._id("n8")} name="tomt notat"><PlainTextContent/></Note></Notes>'
        )

    def _groups(self) -> str:
        def link(name: str, origin: str, target: str, more: str = "", inside: str = "") -> str:
            ends = f'originGUID="{self.guid(origin)}" targetGUID="{self.guid(target)}"'
            return f'<Link {self._id(name)} name="lenke {name}" direction="OneWay" {ends} {more}>{inside}</Link>'

        links = link("k1", "bolig", "penger", 'color="#112233"') + link("k2", "bolig", "s1") + link("k3", "a", "film")
        codes, sources = self._ref("MemberCode", "bolig"), self._ref("MemberSource", "a")
        sets = (
            f'<Set {self._id("m1")} name="Gruppe 1"><Description>omsett1</Description>{codes}'
            f"{self._ref('MemberCode', 'finnesikke')}{self._ref('MemberNote', 'n7')}</Set>"
            f'<Set {self._id("m2")} name="Gruppe 2"><Description>omsett2</Description>{sources}</Set>'
            f'<Set {self._id("m3")} name="Gruppe 3">{self._ref("MemberSource", "p")}</Set>'
        )
        graph = (
            f'<Graphs><Graph {self._id("g")} name="Tegning"><Vertex {self._id("v1")}/><Vertex {self._id("v2")}/>'
            f'<Edge {self._id("e1")} sourceVertex="{self.guid("v1")}" targetVertex="{self.guid("v2")}"/></Graph></Graphs>'
        )
        said = f"<Description>omprosjekt1</Description>{self._ref('NoteRef', 'n3')}"
        links += link("k4", "bolig", "gjeld", inside=self._ref("NoteRef", "n7"))
        return f"<Links>{links}</Links><Sets>{sets}</Sets>{graph}{said}"
