"""The one family of errors a caller may catch: sentences of what is wrong and what to do."""

from __future__ import annotations


class ChuangtuError(Exception):
    """Something a person can mend; the message says what is wrong and what to do.

    The message is shown as it is, so it carries no secret and no stack trace. `zh` and `en` are
    the same sentence in the two languages of the interface.
    """

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)


class ParameterError(ChuangtuError):
    """A parameter of a question cannot be understood; `name` is the parameter as it was given."""

    def __init__(self, name: str, zh: str, en: str) -> None:
        self.name = name
        super().__init__(zh, en)


class NotVisibleError(ChuangtuError):
    """What was asked for does not exist for this viewer, whether or not it exists for another."""
