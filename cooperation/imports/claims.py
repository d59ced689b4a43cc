"""What an importer makes of the rows, before it is compared with what is stored: deals, their claims, their sources."""

from dataclasses import dataclass, field

from cooperation.choices import Mode, Role

MAX_NAME = 200
ROLES = {
    Mode.CO_PRODUCTION.value: (Role.CO_PRODUCER, Role.CO_PRODUCER),
    Mode.LICENSED_PRODUCTION.value: (Role.LICENSOR, Role.LICENSEE),
    Mode.TRAINING.value: (Role.TRAINER, Role.RECIPIENT),
    Mode.FINANCING.value: (Role.FUNDER, Role.RECIPIENT),
}
SUPPLY_ROLES = (Role.SUPPLIER, Role.RECIPIENT)


@dataclass(frozen=True)
class Source:
    """The article that claims will be cited from: its id and what is said of it; `key` is how claims name it."""

    key: str
    title: str
    publisher: dict
    kind: str
    intro: str
    day: object
    address: str = ""
    said_by: str = ""


@dataclass
class Claim:
    """One development to be: what is stated, in the words that will be cited, and the rows that state it.

    `tranche` is the quantity that this row adds; it stands instead of `quantity`, the number so far, where several
    deals belong to one program. The first of `rows` is the one that is used, the others are merged with it.
    """

    key: str
    sentence: str
    summary: str
    stage: str
    date: str
    rows: list
    sources: list
    quantity: dict | None = None
    tranche: dict | None = None
    amount: dict | None = None
    said_by: str = ""
    is_of_partnership: bool = False


@dataclass
class Deal:
    """A deal of the register or an item of a package: who, how and what, with its claims.

    `key` is the id of the program that is made for it unless one is there; `outside` its id in the source's own list;
    `label` what the mapping calls it under `programs`.
    """

    key: str
    outside: dict
    label: str
    rows: list
    parties: tuple
    mode: str
    system: str | None
    category: str
    name: str
    claims: list = field(default_factory=list)

    @property
    def roles(self):
        """Return [(role, id of the party)] for who gives and who gets."""
        roles = ROLES.get(self.mode, SUPPLY_ROLES)
        return [(role.value, party) for role, party in zip(roles, self.parties, strict=True)]
