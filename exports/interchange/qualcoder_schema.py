"""QualCoder's tables as far as they are read, and those of which it is only said that they are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exports.interchange.databases import Row

REQUIRED = {
    "source": ("id", "name", "fulltext"),
    "code_name": ("cid", "name"),
    "code_text": ("cid", "fid", "pos0", "pos1"),
}
COLUMNS = {
    "project": ("databaseversion", "date", "memo", "about"),
    "source": ("id", "name", "fulltext", "mediapath", "memo", "owner", "date", "av_text_id"),
    "code_cat": ("catid", "name", "memo", "date", "supercatid"),
    "code_name": ("cid", "name", "memo", "catid", "date", "color", "supercid"),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important", "avid"),
    "code_image": ("imid", "id", "memo", "owner", "date"),
    "code_av": ("avid", "id", "memo", "owner", "date"),
    "annotation": ("anid", "fid", "pos0", "pos1", "memo", "owner", "date"),
    "cases": ("caseid", "name", "memo", "date"),
    "case_text": ("caseid", "fid", "pos0", "pos1", "memo", "owner", "date"),
    "attribute_type": ("name", "memo", "caseOrFile", "valuetype"),
    "attribute": ("name", "attr_type", "value", "id"),
    "journal": ("jid", "name", "jentry", "owner", "date"),
    "graph": ("name",),
    "stored_sql": ("title",),
    "ris": ("risid",),
}
MAYBE = frozenset({"graph", "stored_sql", "ris"})
"""Tables whose absence loses nothing."""
UNSAID: Mapping[str, Sequence[str]] = {
    "*": ("owner", "date"),
    "project": (
        "bookmarkfile", "bookmarkpos", "codername", "recently_used_codes", "avbookmarkfile", "avbookmarkmsec",
        "avbookmarktextpos",
    ),
    "source": ("risid",),
    "code_image": ("x1", "y1", "width", "height", "cid", "important", "pdf_page"),
    "code_av": ("pos0", "pos1", "cid", "important"),
    "case_text": ("id",),
    "attribute": ("attrid",),
    "graph": ("grid", "description", "scene_width", "scene_height"),
    "stored_sql": ("description", "grouper", "ssql"),
    "ris": ("tag", "longtag", "value"),
}  # fmt: skip
"""Columns that are nobody's work, or go with what is said not to come along."""
BESIDE = ("pseudonyms.json", "speakers.json")
"""Files in the folder that are not read: the one tells who the informants are."""
APART = ("coder_names", "files_filter", "manage_files_display")
"""How the program shows things: nobody's work."""
GRAPHS = "gr_"
"""How the names of the tables begin that hold the parts of graphs."""

Tables = Mapping[str, Sequence[Row]]
