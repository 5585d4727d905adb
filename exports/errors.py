"""What can go wrong when something is to leave the house."""


class ExportError(Exception):
    """An export is refused; the message names the file or the part, the cause and the next step (Norwegian)."""
