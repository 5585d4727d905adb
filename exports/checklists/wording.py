"""Points of the reporting checklists COREQ and SRQR, in short wordings of our own, in the report's languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CHECKLISTS: Mapping[str, str] = {"coreq": "COREQ", "srqr": "SRQR"}


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a checklist."""

    number: int
    nb: str
    nn: str
    en: str

    def words(self, language: str) -> str:
        """The point in a language; `nn-NO` and `nn` are the same, and what is not known is Bokmål."""
        return {"nn": self.nn, "en": self.en}.get(language[:2], self.nb)


COREQ: tuple[Point, ...] = (
    Point(1, "Hvem intervjuet", "Kven intervjua", "Who interviewed"),
    Point(2, "Intervjuernes grad eller utdanning", "Grad eller utdanning hos intervjuarane", "Interviewers' credentials"),
    Point(3, "Intervjuernes stilling den gangen", "Stillinga intervjuarane hadde da", "Interviewers' occupation then"),
    Point(4, "Intervjuernes kjønn", "Kjønnet til intervjuarane", "Interviewers' gender"),
    Point(5, "Intervjuernes erfaring og opplæring", "Erfaring og opplæring hos intervjuarane", "Interviewers' training"),
    Point(6, "Kontakt med deltakerne før studien", "Kontakt med deltakarane før studien", "Contact before the study"),
    Point(7, "Hva deltakerne visste om intervjueren", "Kva deltakarane visste om intervjuaren",
          "What participants knew of the interviewer"),
    Point(8, "Forhold ved intervjueren som kan ha hatt noe å si", "Forhold ved intervjuaren som kan ha hatt noko å seie",
          "What about the interviewer may have mattered"),
    Point(9, "Metodisk tilnærming", "Metodisk tilnærming", "Methodological orientation"),
    Point(10, "Hvordan deltakerne ble valgt ut", "Korleis deltakarane blei valde ut", "How participants were selected"),
    Point(11, "Hvordan deltakerne ble kontaktet", "Korleis deltakarane blei kontakta", "How participants were approached"),
    Point(12, "Hvor mange som deltok", "Kor mange som deltok", "How many took part"),
    Point(13, "Hvor mange som sa nei eller trakk seg, og hvorfor", "Kor mange som sa nei eller trekte seg, og kvifor",
          "How many declined or left, and why"),
    Point(14, "Hvor dataene ble samlet inn", "Kvar dataa blei samla inn", "Where data were collected"),
    Point(15, "Om andre var til stede", "Om andre var til stades", "Whether others were present"),
    Point(16, "Hva som kjennetegner utvalget", "Kva som kjenneteiknar utvalet", "What characterises the sample"),
    Point(17, "Intervjuguide, og om den ble prøvd ut", "Intervjuguide, og om han blei prøvd ut",
          "Interview guide, and whether it was piloted"),
    Point(18, "Gjentatte intervjuer", "Gjentekne intervju", "Repeat interviews"),
    Point(19, "Opptak av lyd eller bilde", "Opptak av lyd eller bilete", "Audio or video recording"),
    Point(20, "Notater fra feltet", "Notat frå feltet", "Field notes"),
    Point(21, "Hvor lenge intervjuene varte", "Kor lenge intervjua varte", "How long interviews lasted"),
    Point(22, "Metning", "Metting", "Saturation"),
    Point(23, "Om deltakerne fikk lese transkripsjonene", "Om deltakarane fekk lese transkripsjonane",
          "Whether participants read the transcripts"),
    Point(24, "Hvor mange som kodet", "Kor mange som koda", "How many coded"),
    Point(25, "Beskrivelse av kodetreet", "Omtale av kodetreet", "Description of the coding tree"),
    Point(26, "Hvordan temaene kom fram", "Korleis tema kom fram", "How themes were derived"),
    Point(27, "Programvare", "Programvare", "Software"),
    Point(28, "Om deltakerne ga tilbakemelding på funnene", "Om deltakarane gav tilbakemelding på funna",
          "Whether participants commented on the findings"),
    Point(29, "Sitater, og om hver deltaker kan skilles fra de andre", "Sitat, og om kvar deltakar kan skiljast frå dei andre",
          "Quotations, and whether each participant can be told apart"),
    Point(30, "Samsvar mellom data og funn", "Samsvar mellom data og funn", "Consistency between data and findings"),
    Point(31, "Tydelige hovedtemaer", "Tydelege hovudtema", "Clear major themes"),
    Point(32, "Mindre temaer og avvikende tilfeller", "Mindre tema og avvikande tilfelle", "Minor themes and deviant cases"),
)  # fmt: skip

SRQR: tuple[Point, ...] = (
    Point(1, "Tittel som sier hva slags studie det er", "Tittel som seier kva slags studie det er",
          "A title that says what kind of study it is"),
    Point(2, "Sammendrag", "Samandrag", "Abstract"),
    Point(3, "Problemet og hva som er kjent fra før", "Problemet og kva som er kjent frå før",
          "The problem and what is known"),
    Point(4, "Formål eller forskningsspørsmål", "Formål eller forskingsspørsmål", "Purpose or research question"),
    Point(5, "Tilnærming og ståsted", "Tilnærming og ståstad", "Approach and paradigm"),
    Point(6, "Forskernes bakgrunn og refleksivitet", "Bakgrunnen til forskarane og refleksivitet",
          "Researchers' background and reflexivity"),
    Point(7, "Kontekst", "Kontekst", "Context"),
    Point(8, "Utvalg, og hvorfor det ble avsluttet", "Utval, og kvifor det blei avslutta", "Sampling, and why it stopped"),
    Point(9, "Etikk: godkjenning, samtykke og konfidensialitet", "Etikk: godkjenning, samtykke og konfidensialitet",
          "Ethics: approval, consent and confidentiality"),
    Point(10, "Datainnsamling: hvordan og når", "Datainnsamling: korleis og når", "Data collection: how and when"),
    Point(11, "Instrumenter og utstyr", "Instrument og utstyr", "Instruments and technologies"),
    Point(12, "Deltakere, dokumenter og hendelser som er med", "Deltakarar, dokument og hendingar som er med",
          "Participants, documents and events included"),
    Point(13, "Behandling av data: transkribering, avidentifisering, koding",
          "Handsaming av data: transkribering, avidentifisering, koding",
          "Data processing: transcription, de-identification, coding"),
    Point(14, "Analyse", "Analyse", "Data analysis"),
    Point(15, "Hva som er gjort for å styrke troverdigheten", "Kva som er gjort for å styrkje truverdet",
          "What was done to enhance trustworthiness"),
    Point(16, "Sammenfatning og tolkning", "Samanfatting og tolking", "Synthesis and interpretation"),
    Point(17, "Belegg fra materialet (sitater, notater)", "Belegg frå materialet (sitat, notat)",
          "Links to the data (quotations, notes)"),
    Point(18, "Drøfting mot tidligere kunnskap", "Drøfting mot tidlegare kunnskap", "Discussion of earlier work"),
    Point(19, "Begrensninger", "Avgrensingar", "Limitations"),
    Point(20, "Interessekonflikter", "Interessekonfliktar", "Conflicts of interest"),
    Point(21, "Finansiering", "Finansiering", "Funding"),
)  # fmt: skip

POINTS: Mapping[str, tuple[Point, ...]] = {"coreq": COREQ, "srqr": SRQR}
COMPUTED: Mapping[str, frozenset[int]] = {
    "coreq": frozenset((9, 12, 16, 18, 20, 21, 22, 24, 25, 26, 27, 29, 31, 32)),
    "srqr": frozenset((1, 5, 9, 10, 12, 13, 14, 15, 17)),
}
"""Points that the project answers itself, at least in part; what the researcher writes is added to it."""
