"""REFI-QDA projects and codebooks in small, with something of everything the format has."""

from __future__ import annotations

from fuzz_seeds import INTERVIEW, packed, paragraph, pdf_documents, word

GUID = "00000000-0000-4000-8000-0000000000%02d"
_USER, _CODE, _UNDER, _SOURCE, _SELECTION, _NOTE, _CASE, _VARIABLE = (GUID % number for number in range(8))
_BY = f"creatingUser='{_USER}' creationDateTime='2026-03-01T10:00:00Z'"


def project(text: str = INTERVIEW) -> str:
    return f"""<?xml version='1.0' encoding='utf-8'?>
<Project xmlns='urn:QDA-XML:project:1.0' name='Prøve' origin='NVivo 15' creatingUserGUID='{_USER}'
  creationDateTime='2026-03-01T10:00:00Z' basePath='C:\\Users\\x'>
<Users><User guid='{_USER}' name='Kari'/></Users>
<CodeBook><Codes><Code guid='{_CODE}' name='Bolig' isCodable='false' color='#ff0000'><Description>Om</Description>
  <NoteRef targetGUID='{_NOTE}'/><Code guid='{_UNDER}' name='Leie' isCodable='true' color='#f00'/></Code></Codes></CodeBook>
<Variables><Variable guid='{_VARIABLE}' name='Alder' typeOfVariable='Integer'/></Variables>
<Cases><Case guid='{_CASE}' name='Oslo'><CodeRef targetGUID='{_CODE}'/><VariableValue><VariableRef targetGUID='{_VARIABLE}'/>
  <IntegerValue>4</IntegerValue></VariableValue><SourceRef targetGUID='{_SOURCE}'/><SelectionRef targetGUID='{_SELECTION}'/>
  </Case></Cases>
<Sources>{_text_sources(text)}{_other_sources()}</Sources>
<Notes><Note guid='{_NOTE}' name='Memo' {_BY}><PlainTextContent>Et memo.</PlainTextContent></Note></Notes>
<Links><Link guid='{GUID % 35}' name='l' direction='OneWay' originGUID='{_SELECTION}' targetGUID='{_CODE}'/></Links>
<Sets><Set guid='{GUID % 20}' name='Tema'><MemberCode targetGUID='{_UNDER}'/><MemberSource targetGUID='{_SOURCE}'/></Set></Sets>
<Graphs><Graph guid='{GUID % 36}' name='g'/></Graphs><Description>Alt</Description></Project>"""


def _text_sources(text: str) -> str:
    return f"""
<TextSource guid='{_SOURCE}' name='Intervju' plainTextPath='internal://a.txt' {_BY}><Description>d</Description>
  <PlainTextSelection guid='{_SELECTION}' name='Kan' startPosition='0' endPosition='10' {_BY}>
  <Coding guid='{GUID % 21}' {_BY}><CodeRef targetGUID='{_UNDER}'/></Coding><NoteRef targetGUID='{_NOTE}'/></PlainTextSelection>
  <PlainTextSelection guid='{GUID % 22}' name='x' startPosition='99999' endPosition='5'/></TextSource>
<TextSource guid='{GUID % 23}' name='To' {_BY} richTextPath='internal://b.docx'/>
<TextSource guid='{GUID % 24}' name='Tre' {_BY}><PlainTextContent>{text}</PlainTextContent></TextSource>"""


def _other_sources() -> str:
    return f"""
<PictureSource guid='{GUID % 25}' name='Bilde' path='absolute:///C:/x.png'>
  <PictureSelection guid='{GUID % 26}' firstX='0' firstY='0' secondX='1' secondY='1'/></PictureSource>
<PDFSource guid='{GUID % 27}' name='P' path='internal://c.pdf'>
  <PDFSelection guid='{GUID % 28}' page='0' firstX='0' firstY='0' secondX='1' secondY='1'/>
  <Representation guid='{GUID % 29}' plainTextPath='internal://a.txt'/></PDFSource>
<AudioSource guid='{GUID % 30}' name='Lyd' path='relative:///x.mp3'>
  <Transcript guid='{GUID % 31}' plainTextPath='internal://a.txt'><SyncPoint guid='{GUID % 32}' timeStamp='1000' position='5'/>
  <TranscriptSelection guid='{GUID % 33}' fromSyncPoint='{GUID % 32}' toSyncPoint='{GUID % 32}'/></Transcript>
  <AudioSelection guid='{GUID % 34}' begin='0' end='9'/></AudioSource>"""


def projects() -> tuple[bytes, ...]:
    text = INTERVIEW.replace("\n", "\r\n")
    inner = {"sources/b.docx": word(paragraph("hei")), "Sources/c.pdf": pdf_documents()[0]}
    return (
        packed({"project.qde": project(), "sources/a.txt": INTERVIEW, **inner}),
        packed({"Prøve.qde": project(text), "Sources/a.txt": text, "sources/.root": b""}),
    )


def codebooks() -> tuple[bytes, ...]:
    one = f"""<?xml version='1.0' encoding='utf-8'?><CodeBook xmlns='urn:QDA-XML:codebook:1.0' origin='Taguette'>
<Codes><Code guid='{{{GUID % 1}}}' name='Bolig' isCodable='false' color='rgb(1,2,3)'><Description>Om</Description>
  <Code guid='{GUID % 2}' name='Leie' isCodable='true'/></Code></Codes>
<Sets><Set guid='{GUID % 3}' name='Tema'><Description/><MemberCode guid='{GUID % 2}'/></Set></Sets></CodeBook>"""
    return one.encode(), one.replace("codebook:1.0", "codebook:0:4").encode()
