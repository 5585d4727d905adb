"""What can be wrong with a codebook."""


class CodebookError(Exception):
    """A codebook is refused; the message names the file, the place, the cause and the next step (Norwegian)."""
