"""The demo project: the sample corpus, the starter codebook and two reference codings, in a file to try things in."""

from __future__ import annotations

from gettext import gettext as _
from importlib.resources import as_file, files
from pathlib import Path

from codebooks.starters import read_starter
from corpus.model import ReadOptions
from corpus.samples import Sample, case_register_text, place_of, reference_codings, samples
from workbench.errors import CannotOpen
from workbench.services.cases import record_case_register
from workbench.services.codebook import add_codebook, list_codes
from workbench.services.coding import record_coding
from workbench.services.importing import SourceFacts, SpeakerChoice, read_file, record_source
from workbench.store.project import Project, create_project
from workbench.store.queries import corpus as queries

FILE_NAME = "demo.kodebenk"
REFERENCE_CODER = "Referanse"


def write_demo(folder: Path) -> tuple[Path, bool]:
    """The demo project's path, and whether it was made now: an existing demo is left as it is.

    Raises:
        CannotOpen: if the folder cannot be written in.
    """
    path = (folder / FILE_NAME).resolve()
    if path.exists():
        return path, False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(_("Kan ikke skrive i {folder}: {why}.").format(folder=folder, why=error.strerror)) from None
    partial = path.with_name("." + FILE_NAME)
    partial.unlink(missing_ok=True)
    project = create_project(partial, coder=REFERENCE_CODER, title=_("Demo: opptrapping på rusfeltet (oppdiktet)"))
    try:
        _fill(project)
    finally:
        project.close()
    partial.replace(path)
    return path, True


def _fill(project: Project) -> None:
    book = read_starter("rusfeltet")
    with project.write() as act:
        add_codebook(act, project.uid, book)
        record_case_register(act, project.uid, case_register_text(), "cases.yaml")
    codes = {code.slug: code.id for code in list_codes(project)}
    for sample in samples():
        options = ReadOptions(
            kind=None,
            confirmed_labels=frozenset({*sample.interviewers, *(each.speaker for each in sample.informants)} - {""}),
        )
        with as_file(files("corpus") / "sample" / "interviews" / sample.file) as file:
            reading = read_file(file, options)
        with project.write() as act:
            uid = record_source(act, project, reading, _facts(sample))
        source = queries.sources(project.connection, [uid])[0]
        text = queries.text_of(project.connection, source.version)
        codings = reference_codings(sample)
        if codings:
            with project.write() as act:
                for coding in codings:
                    start, end = place_of(coding, text)
                    record_coding(act, project, source, start, end, codes[coding.code])
                act.record("reading.set", {"source": uid, "status": "finished"})


def _facts(sample: Sample) -> SourceFacts:
    speakers = [SpeakerChoice(label=label, role="interviewer") for label in sample.interviewers]
    speakers += [
        SpeakerChoice(
            label=each.speaker,
            role="participant",
            informant=each.number,
            informant_role=each.role,
            level=each.level,
            side=each.side,
        )
        for each in sample.informants
    ]
    return SourceFacts(
        name=sample.name,
        kind=sample.kind,
        cases=sample.cases,
        wave=sample.wave,
        date=sample.date,
        mode=sample.mode,
        language=sample.language,
        verbatim=sample.verbatim,
        speakers=tuple(speakers),
    )
