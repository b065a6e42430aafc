"""What is compared, and what is found: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """What a name is to its organisation."""

    LEGAL = "legal"
    FORMER = "former"
    SHORT = "short"
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an organisation, as it was written."""

    text: str
    kind: NameKind = NameKind.LEGAL


@dataclass(frozen=True, slots=True)
class Party:
    """One record of an organisation; whatever is empty is unknown, never no.

    Attributes:
        key: what the caller knows it by; unique among the parties compared.
        names: any number, in any order; empty texts are passed over.
        uscc: the unified social credit code (18 signs), or the bare organisation code (9 signs)
            of older files; a code that fails its check is no code, but one sign beside a valid
            one it still speaks for it.
        regions: codes of districts or towns it stands in, any length (`31`, `310112001`).
        addresses: of its sites, as they were written.
        industry: code of GB/T 4754, with or without its section letter.
        legal_form: `partnership` or any other word of the register.
    """

    key: str
    names: tuple[Name, ...] = ()
    uscc: str = ""
    regions: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    industry: str = ""
    legal_form: str = ""


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart; every text is folded, empty where the name does not say.

    Attributes:
        text: the whole name, folded, without brackets, spaces and notes.
        region: code of the finest region the name begins with (`31`, `3205`, `310112`, or `0` for
            the whole country).
        region_text: how that region is written, without 省, 市 or 区.
        region_suffixed: the region is written with 省, 市, 区 or 县 at its end.
        seat: code of a region inside the name, as in 一达（上海）科技有限公司.
        brand: what is the organisation's own, 一达.
        industry: the words for what it does, 信息科技.
        is_group: the name has 集团 before its legal form.
        form: `limited`, `joint_stock`, `company`, `partnership`, or the word itself (研究所).
        branch: what follows the legal form of the parent, 苏州分公司.
        former: names that brackets call former ones.
        notes: what else stands in brackets at the end, and says nothing we know.
        words: of a name without Chinese signs, less those for legal forms.
    """

    text: str
    region: str = ""
    region_text: str = ""
    region_suffixed: bool = False
    seat: str = ""
    brand: str = ""
    industry: str = ""
    is_group: bool = False
    form: str = ""
    branch: str = ""
    former: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_latin(self) -> bool:
        """Whether the name has no Chinese sign."""
        return bool(self.words)

    @property
    def stem(self) -> str:
        """Brand and industry: what is left without place and legal form."""
        return self.brand + self.industry


class Verdict(StrEnum):
    """What two records are to one another."""

    SAME = "same"
    DIFFERENT = "different"
    DOUBTFUL = "doubtful"


class Leaning(StrEnum):
    """What a piece of evidence speaks for."""

    SAME = "same"
    DIFFERENT = "different"
    NEITHER = "neither"


class Reason(StrEnum):
    """What was found; each has its two sentences in `explain`."""

    CODE_EQUAL = "code_equal"
    CODE_DIFFERS = "code_differs"
    CODE_INSIDE = "code_inside"
    CODE_NEAR = "code_near"
    CODE_OF_PARENT = "code_of_parent"
    CODE_TAKEN_OVER = "code_taken_over"
    NAME_EQUAL = "name_equal"
    NAME_WRITTEN = "name_written"
    NAME_FORMER = "name_former"
    NAME_BOTH_FORMER = "name_both_former"
    NAME_SHORT = "name_short"
    NAME_ENGLISH = "name_english"
    NAME_SOUNDED = "name_sounded"
    REGION_MISSING = "region_missing"
    REGION_NESTED = "region_nested"
    REGION_DIFFERS = "region_differs"
    FORM_CHANGED = "form_changed"
    FORM_DIFFERS = "form_differs"
    INDUSTRY_DIFFERS = "industry_differs"
    BRAND_ONLY = "brand_only"
    CUT_OFF = "cut_off"
    GROUP_DIFFERS = "group_differs"
    BRANCH_DIFFERS = "branch_differs"
    NOTES_DIFFER = "notes_differ"
    SIGN_SLIPPED = "sign_slipped"
    SIGN_ALIKE = "sign_alike"
    SIGN_OTHER = "sign_other"
    SIGN_CONTRAST = "sign_contrast"
    NAME_UNRELATED = "name_unrelated"
    NAME_UNKNOWN = "name_unknown"
    SITE_EQUAL = "site_equal"
    PLACE_DIFFERS = "place_differs"
    TRADE_DIFFERS = "trade_differs"
    RIVAL = "rival"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason of a judgement.

    Attributes:
        reason: what was found.
        leaning: what it speaks for.
        zh: a sentence an officer reads.
        en: the same in English.
    """

    reason: Reason
    leaning: Leaning
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on two records, the weightiest reason first."""

    verdict: Verdict
    reasons: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties by their keys, `first` < `second`, that are the same or may be."""

    first: str
    second: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Match:
    """A party of an index that a row may mean."""

    key: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Clusters:
    """What may be merged, and what somebody must look at.

    Attributes:
        merged: keys of each organisation that has several records, sorted, smallest first.
        doubtful: pairs for the queue: the doubtful ones, and those that were the same taken
            alone but would have joined two records that are different.
    """

    merged: tuple[tuple[str, ...], ...]
    doubtful: tuple[Pair, ...]
