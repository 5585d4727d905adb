"""What a report begins with: the title page, and what is filled into a cover that the template has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _

from exports.models import Report
from exports.norwegian import long_date
from exports.quotations import one_line
from exports.word_markup import Flow, Run


def fields(report: Report) -> Mapping[str, str]:
    """What stands for each {{name}} of a template."""
    return {
        "tittel": one_line(report.title),
        "prosjekt": one_line(report.project),
        "forfattere": one_line(report.author),
        "institusjon": one_line(report.institution),
        "dato": long_date(report.date, report.language),
        "dataklasse": one_line(report.data_class),
    }


def write_front(flow: Flow, report: Report) -> None:
    """Title, project, authors, institution, date and data class, each that is known on a line of its own."""
    flow.paragraph("title", one_line(report.title))
    if report.project and report.project != report.title:
        flow.paragraph("subtitle", one_line(report.project))
    if report.title_page:
        for line in (report.author, report.institution):
            if line.strip():
                flow.paragraph("subtitle", one_line(line))
    flow.paragraph("subtitle", long_date(report.date, report.language))
    if report.data_class:
        flow.paragraph(None, Run(text=_("Dataklasse:"), strong=True), " " + one_line(report.data_class))
