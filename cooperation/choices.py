"""All code lists of the portal: one definition carries value, labels, description, group, colour and outside codes.

A code's value never changes; its labels stand in English, French and Ukrainian beside each other, so that page, API and
export speak of it in the same words. Outside codes name the list they come from: IATI activity status, OCDS section,
Kiel measure and SIPRI row for stages; UNROCA, SIPRI and Kiel classes for categories.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import lazystr
from django.utils.translation import get_language


@dataclass(frozen=True)
class Code:
    """One member of a code list, before it becomes an enumeration member."""

    value: str
    en: str
    fr: str
    uk: str
    description: str = ""
    group: Any = None
    colour: str = ""
    outside: dict = field(default_factory=dict, hash=False)

    def label(self):
        """Return the label in the active language, English if there is none in it."""
        return getattr(self, (get_language() or "en")[:2], self.en)


class _Label:
    """Turns into the code's label each time it is shown, in the language of that moment."""

    def __init__(self, code):
        self.code = code

    def __str__(self):
        return self.code.label()


class CodeList(models.TextChoices):
    """Base of all code lists: a `TextChoices` whose members know more than value and label."""

    def __new__(cls, code):
        """Make a member whose string value is the code's value."""
        member = str.__new__(cls, code.value)
        member._value_ = code.value
        member.code = code
        member.lazy_label = lazystr(_Label(code))
        return member

    @property
    def label(self):
        """Return a lazy label that follows the language of the reader."""
        return self.lazy_label

    @property
    def labels_by_language(self):
        """Return `{language: label}` for all three languages."""
        return {"en": self.code.en, "fr": self.code.fr, "uk": self.code.uk}

    @property
    def description(self):
        """Return what the code stands for, in English."""
        return self.code.description

    @property
    def group(self):
        """Return the code of the group that the member belongs to, or None."""
        return self.code.group

    @property
    def colour(self):
        """Return the name of the colour token, its own or its group's; empty if it has none."""
        return self.code.colour or (self.group.colour if self.group else "")

    @property
    def outside(self):
        """Return `{list: code}` for the outside lists in which the member has a counterpart."""
        return self.code.outside

    @property
    def position(self):
        """Return the member's place in its list, starting with 0."""
        return list(type(self)).index(self)


class State(CodeList):
    """How far a record is on its way to the public."""

    DRAFT = Code("draft", "Draft", "Brouillon", "Чернетка", "Being worked on; seen by staff alone.")
    PUBLISHED = Code("published", "Published", "Publié", "Опубліковано", "Released by staff for all readers.")
    WITHDRAWN = Code("withdrawn", "Withdrawn", "Retiré", "Відкликано", "Taken back; kept for staff and history.")


class Scope(CodeList):
    """What an API token is made for; its owner's permissions bound all of it."""

    READ = Code(
        "read",
        "Read",
        "Lire",
        "Читати",
        "What a signed-in reader reads: closed portals and full texts.",
    )
    LOAD = Code(
        "load",
        "Load bundles",
        "Charger des lots",
        "Завантажувати пакети",
        "New records are drafts; stored ones change at once.",
    )
    PUBLISH = Code(
        "publish",
        "Publish and withdraw",
        "Publier et retirer",
        "Публікувати й відкликати",
        "Change states, also by a bundle; with “read”, see drafts.",
    )


class Mode(CodeList):
    """The one way in which the parties of a program work together."""

    SUPPLY = Code(
        "supply", "Supply", "Fourniture", "Постачання", "One side hands equipment to the other: gift, sale or lease."
    )
    JOINT_PROCUREMENT = Code(
        "joint-procurement",
        "Joint procurement",
        "Acquisition conjointe",
        "Спільна закупівля",
        "Several parties buy together.",
    )
    CO_PRODUCTION = Code(
        "co-production",
        "Co-production",
        "Coproduction",
        "Спільне виробництво",
        "The parties make equipment together and share the orders.",
    )
    LICENSED_PRODUCTION = Code(
        "licensed-production",
        "Licensed production",
        "Production sous licence",
        "Ліцензійне виробництво",
        "One side makes the other's design for its own orders.",
    )
    JOINT_VENTURE = Code(
        "joint-venture",
        "Joint venture",
        "Coentreprise",
        "Спільне підприємство",
        "The parties found or own a company together.",
    )
    RESEARCH_AND_DEVELOPMENT = Code(
        "research-and-development",
        "Research and development",
        "Recherche et développement",
        "Дослідження та розробка",
        "The parties design something new together.",
    )
    UPGRADE = Code(
        "upgrade", "Upgrade", "Modernisation", "Модернізація", "Existing equipment is improved or integrated."
    )
    TESTING = Code(
        "testing", "Testing", "Essais", "Випробування", "Equipment or solutions are tried out, also in combat."
    )
    MAINTENANCE = Code(
        "maintenance",
        "Maintenance",
        "Maintenance",
        "Технічне обслуговування",
        "Repair, spare parts and service centres.",
    )
    TRAINING = Code("training", "Training", "Formation", "Навчання", "Crews, technicians or staff are taught.")
    FINANCING = Code("financing", "Financing", "Financement", "Фінансування", "Money is given, lent or guaranteed.")
    INFORMATION_SHARING = Code(
        "information-sharing",
        "Information sharing",
        "Partage d’informations",
        "Обмін інформацією",
        "Data or intelligence is passed on.",
    )


class Phase(CodeList):
    """The five groups of stages, each with a colour token and told apart by a word."""

    TALK = Code("talk", "Talk", "Pourparlers", "Переговори", "Nobody is bound yet.", colour="phase-talk")
    PROMISE = Code(
        "promise", "Promise", "Promesse", "Обіцянка", "Somebody has given their word.", colour="phase-promise"
    )
    WORK = Code("work", "Work", "Exécution", "Виконання", "Something is being done.", colour="phase-work")
    RESULT = Code("result", "Result", "Résultat", "Результат", "Something has been handed over.", colour="phase-result")
    STOPPED = Code(
        "stopped", "Stopped", "Arrêt", "Зупинено", "Nothing goes on for now, or for good.", colour="phase-stopped"
    )


class Step(CodeList):
    """The steps of the promise ledger: how far a figure has got."""

    ASKED = Code("asked", "Asked", "Demandé", "Запитано", "Asked for, offered or discussed.")
    PROMISED = Code("promised", "Promised", "Promis", "Обіцяно", "Agreed or pledged.")
    CONTRACTED = Code("contracted", "Contracted", "Contractualisé", "Законтрактовано", "Ordered or allocated.")
    DELIVERED = Code("delivered", "Delivered", "Livré", "Передано", "Handed over, in part or in whole.")
    IN_SERVICE = Code("in-service", "In service", "En service", "На озброєнні", "Used by the recipient.")


class Stage(CodeList):
    """How far a program has got, in the usual order; the description is the wording that earns the stage."""

    INTEREST = Code(
        "interest",
        "Interest",
        "Intérêt",
        "Зацікавленість",
        "The recipient asks or is interested.",
        Phase.TALK,
        outside={"iati": "1", "ocds": "planning"},
    )
    PROPOSED = Code(
        "proposed",
        "Proposed",
        "Proposé",
        "Запропоновано",
        "One side offers, recommends or suggests.",
        Phase.TALK,
        outside={"iati": "1", "ocds": "planning"},
    )
    UNDER_DISCUSSION = Code(
        "under-discussion",
        "Under discussion",
        "En discussion",
        "Обговорюється",
        "Raised or negotiated between the parties; nobody is bound.",
        Phase.TALK,
        outside={"iati": "1", "ocds": "planning"},
    )
    AGREED = Code(
        "agreed",
        "Agreed",
        "Convenu",
        "Погоджено",
        "Letter of intent, memorandum, declaration, “agreed to”: political, not binding.",
        Phase.PROMISE,
        outside={"iati": "1", "iati-transaction": "12, 13", "ocds": "planning", "kiel": "commitment"},
    )
    PLEDGED = Code(
        "pledged",
        "Pledged",
        "Promis",
        "Обіцяно",
        "A public promise by one side.",
        Phase.PROMISE,
        outside={"iati-transaction": "12, 13", "ocds": "planning", "kiel": "commitment"},
    )
    CONTRACTED = Code(
        "contracted",
        "Contracted",
        "Contractualisé",
        "Законтрактовано",
        "A firm written obligation: budget voted, package allocated, order or contract signed.",
        Phase.PROMISE,
        outside={"iati-transaction": "2, 11", "ocds": "award, contract", "kiel": "allocation", "sipri": "order"},
    )
    PREPARING = Code(
        "preparing",
        "Preparing",
        "En préparation",
        "Готується",
        "Refurbish, modify, train crews, make ready to hand over.",
        Phase.WORK,
        outside={"iati": "2", "ocds": "implementation"},
    )
    UNDER_WAY = Code(
        "under-way",
        "Under way",
        "En cours",
        "Триває",
        "Production, development, training or works are going on.",
        Phase.WORK,
        outside={"iati": "2", "ocds": "implementation"},
    )
    PARTLY_DELIVERED = Code(
        "partly-delivered",
        "Partly delivered",
        "Partiellement livré",
        "Частково передано",
        "Some units have been handed over.",
        Phase.WORK,
        outside={
            "iati": "2",
            "iati-transaction": "3",
            "ocds": "milestone partiallyMet",
            "kiel": "delivery",
            "sipri": "delivery",
        },
    )
    DELIVERED = Code(
        "delivered",
        "Delivered",
        "Livré",
        "Передано",
        "Handed over, as supplier or recipient confirms.",
        Phase.RESULT,
        outside={
            "iati": "3",
            "iati-transaction": "3",
            "ocds": "milestone met",
            "kiel": "delivery",
            "sipri": "delivery",
        },
    )
    IN_SERVICE = Code(
        "in-service",
        "In service",
        "En service",
        "На озброєнні",
        "The recipient uses it.",
        Phase.RESULT,
        outside={"iati": "3", "ocds": "implementation"},
    )
    COMPLETED = Code(
        "completed",
        "Completed",
        "Achevé",
        "Завершено",
        "All is done and the books are closed.",
        Phase.RESULT,
        outside={"iati": "4", "ocds": "terminated"},
    )
    SUSPENDED = Code(
        "suspended",
        "Suspended",
        "Suspendu",
        "Призупинено",
        "Halted for now, in these words.",
        Phase.STOPPED,
        outside={"iati": "6", "ocds": "withdrawn"},
    )
    CANCELLED = Code(
        "cancelled",
        "Cancelled",
        "Annulé",
        "Скасовано",
        "Called off, in these words.",
        Phase.STOPPED,
        outside={"iati": "5", "ocds": "cancelled", "sipri": "deal removed"},
    )

    @property
    def phase(self):
        """Return the phase that the stage belongs to."""
        return self.group

    @property
    def step(self):
        """Return the ledger step that a figure of this stage belongs to, None for those that say nothing of figures."""
        return _STEPS.get(self.value)

    @classmethod
    def of_phases(cls, phases):
        """Return the values of all stages that belong to one of `phases` (values or members)."""
        return [stage.value for stage in cls if stage.phase.value in set(phases)]


_STEPS = {
    **dict.fromkeys(["interest", "proposed", "under-discussion"], Step.ASKED),
    **dict.fromkeys(["agreed", "pledged"], Step.PROMISED),
    "contracted": Step.CONTRACTED,
    **dict.fromkeys(["partly-delivered", "delivered", "completed"], Step.DELIVERED),
    "in-service": Step.IN_SERVICE,
}


class Category(CodeList):
    """The kind of equipment, with the class it has in UNROCA, SIPRI and Kiel where it has one."""

    COMBAT_AIRCRAFT = Code(
        "combat-aircraft",
        "Combat aircraft",
        "Avion de combat",
        "Бойовий літак",
        outside={"unroca": "IV", "sipri": "Aircraft", "kiel": "aviation and drones"},
    )
    HELICOPTER = Code(
        "helicopter",
        "Helicopter",
        "Hélicoptère",
        "Гелікоптер",
        outside={"unroca": "V", "sipri": "Aircraft", "kiel": "aviation and drones"},
    )
    UNCREWED_SYSTEM = Code(
        "uncrewed-system",
        "Uncrewed system",
        "Système sans équipage",
        "Безпілотна система",
        outside={"sipri": "Aircraft", "kiel": "aviation and drones"},
    )
    AIR_DEFENCE = Code(
        "air-defence",
        "Air defence",
        "Défense aérienne",
        "Протиповітряна оборона",
        outside={"sipri": "Air defence systems", "kiel": "heavy weapon"},
    )
    MISSILE = Code(
        "missile",
        "Missile",
        "Missile",
        "Ракета",
        outside={"unroca": "VII", "sipri": "Missiles", "kiel": "ammunition for heavy weapon"},
    )
    GUIDED_BOMB = Code(
        "guided-bomb",
        "Guided bomb",
        "Bombe guidée",
        "Керована авіабомба",
        outside={"sipri": "Missiles", "kiel": "ammunition for heavy weapon"},
    )
    ARTILLERY = Code(
        "artillery",
        "Artillery",
        "Artillerie",
        "Артилерія",
        outside={"unroca": "III", "sipri": "Artillery", "kiel": "heavy weapon"},
    )
    ARMOURED_VEHICLE = Code(
        "armoured-vehicle",
        "Armoured vehicle",
        "Véhicule blindé",
        "Бронетехніка",
        outside={"unroca": "I, II", "sipri": "Armoured vehicles", "kiel": "heavy weapon"},
    )
    INFANTRY_WEAPON = Code(
        "infantry-weapon",
        "Infantry weapon",
        "Arme d’infanterie",
        "Піхотна зброя",
        outside={"unroca": "small arms and light weapons", "kiel": "light armaments and infantry"},
    )
    AMMUNITION = Code(
        "ammunition", "Ammunition", "Munitions", "Боєприпаси", outside={"kiel": "ammunition for heavy weapon"}
    )
    NAVAL = Code(
        "naval", "Naval", "Naval", "Морська техніка", outside={"unroca": "VI", "sipri": "Ships", "kiel": "heavy weapon"}
    )
    ELECTRONIC_WARFARE = Code(
        "electronic-warfare",
        "Electronic warfare",
        "Guerre électronique",
        "Радіоелектронна боротьба",
        outside={"kiel": "military equipment"},
    )
    SENSOR = Code(
        "sensor", "Sensor", "Capteur", "Засоби виявлення", outside={"sipri": "Sensors", "kiel": "military equipment"}
    )
    COMMAND_AND_CONTROL = Code(
        "command-and-control",
        "Command and control",
        "Commandement et contrôle",
        "Управління та зв’язок",
        outside={"kiel": "military equipment"},
    )
    SPACE = Code("space", "Space", "Espace", "Космос", outside={"sipri": "Satellites"})
    ENGINEERING = Code(
        "engineering", "Engineering", "Génie", "Інженерна техніка", outside={"kiel": "military equipment"}
    )
    OTHER = Code("other", "Other", "Autre", "Інше", outside={"sipri": "Other", "kiel": "military equipment"})


class PartyKind(CodeList):
    """What a party is."""

    STATE = Code("state", "State", "État", "Держава")
    INTERNATIONAL_ORGANISATION = Code(
        "international-organisation",
        "International organisation",
        "Organisation internationale",
        "Міжнародна організація",
    )
    GOVERNMENT_BODY = Code("government-body", "Government body", "Organisme public", "Державний орган")
    ARMED_FORCE = Code("armed-force", "Armed force", "Force armée", "Збройні сили")
    COMPANY = Code("company", "Company", "Entreprise", "Компанія")
    RESEARCH_BODY = Code("research-body", "Research body", "Organisme de recherche", "Науково-дослідна установа")
    OTHER = Code("other", "Other", "Autre", "Інше")


class Role(CodeList):
    """What a party does in a program."""

    SUPPLIER = Code("supplier", "Supplier", "Fournisseur", "Постачальник")
    RECIPIENT = Code("recipient", "Recipient", "Destinataire", "Отримувач")
    CO_PRODUCER = Code("co-producer", "Co-producer", "Coproducteur", "Співвиробник")
    LICENSOR = Code("licensor", "Licensor", "Concédant de licence", "Ліцензіар")
    LICENSEE = Code("licensee", "Licensee", "Licencié", "Ліцензіат")
    MANUFACTURER = Code("manufacturer", "Manufacturer", "Fabricant", "Виробник")
    FUNDER = Code("funder", "Funder", "Bailleur de fonds", "Донор")
    LENDER = Code("lender", "Lender", "Prêteur", "Кредитор")
    TRAINER = Code("trainer", "Trainer", "Formateur", "Інструктор")
    PROGRAMME_MANAGER = Code("programme-manager", "Programme manager", "Gestionnaire de programme", "Керівник програми")
    OPERATOR = Code("operator", "Operator", "Opérateur", "Експлуатант")
    PARTICIPANT = Code("participant", "Participant", "Participant", "Учасник")


class InstrumentKind(CodeList):
    """What kind of money an instrument gives."""

    GRANT = Code("grant", "Grant", "Subvention", "Грант")
    LOAN = Code("loan", "Loan", "Prêt", "Позика")
    FUND = Code("fund", "Fund", "Fonds", "Фонд")
    GUARANTEE = Code("guarantee", "Guarantee", "Garantie", "Гарантія")
    REIMBURSEMENT = Code("reimbursement", "Reimbursement", "Remboursement", "Відшкодування")
    BUDGET = Code("budget", "Budget line", "Ligne budgétaire", "Бюджетна програма")
    IN_KIND = Code("in-kind", "In kind", "En nature", "У натуральній формі")


class ArticleKind(CodeList):
    """What kind of source an article is; a publisher has the kind of what it usually publishes."""

    PRIMARY_DOCUMENT = Code("primary-document", "Primary document", "Document primaire", "Першоджерело")
    OFFICIAL_STATEMENT = Code("official-statement", "Official statement", "Déclaration officielle", "Офіційна заява")
    COMPANY = Code("company", "Company", "Entreprise", "Компанія")
    AGENCY = Code("agency", "News agency", "Agence de presse", "Інформаційне агентство")
    PRESS = Code("press", "Press", "Presse", "Преса")
    SOCIAL = Code("social", "Social media", "Réseaux sociaux", "Соціальні мережі")
    DATABASE = Code("database", "Database", "Base de données", "База даних")


class Channel(CodeList):
    """Where a statement was made first."""

    PRESS_CONFERENCE = Code("press-conference", "Press conference", "Conférence de presse", "Пресконференція")
    SPEECH = Code("speech", "Speech", "Discours", "Промова")
    INTERVIEW = Code("interview", "Interview", "Entretien", "Інтерв’ю")
    LETTER = Code("letter", "Letter", "Lettre", "Лист")
    TELEGRAM = Code("telegram", "Telegram", "Telegram", "Telegram")
    X = Code("x", "X", "X", "X")
    FACEBOOK = Code("facebook", "Facebook", "Facebook", "Facebook")
    WEBSITE = Code("website", "Website", "Site web", "Вебсайт")
    REPORT = Code("report", "Report", "Rapport", "Звіт")
    PARLIAMENT = Code("parliament", "Parliament", "Parlement", "Парламент")
    LEAK = Code("leak", "Leak", "Fuite", "Витік")
    OTHER = Code("other", "Other", "Autre", "Інше")


class Qualifier(CodeList):
    """How exactly a quantity or an amount is stated; the last four come without a number."""

    EXACT = Code("exact", "exactly", "exactement", "рівно")
    ABOUT = Code("about", "about", "environ", "приблизно")
    AT_LEAST = Code("at-least", "at least", "au moins", "щонайменше")
    UP_TO = Code("up-to", "up to", "jusqu’à", "щонайбільше")
    BETWEEN = Code("between", "between", "entre", "від")
    SEVERAL = Code("several", "several", "plusieurs", "кілька")
    UNDISCLOSED = Code("undisclosed", "not disclosed", "non divulgué", "не розголошується")
    CLASSIFIED = Code("classified", "classified", "classifié", "засекречено")
    UNKNOWN = Code("unknown", "not known", "inconnu", "невідомо")


WITHOUT_NUMBER = (Qualifier.SEVERAL, Qualifier.UNDISCLOSED, Qualifier.CLASSIFIED, Qualifier.UNKNOWN)


class Basis(CodeList):
    """What a quantity counts from."""

    SO_FAR = Code("so-far", "So far", "À ce jour", "Наразі", "Units that have reached this stage by then.")
    ADDITIONAL = Code("additional", "Additional", "En plus", "Додатково", "This many more than before.")


class Per(CodeList):
    """The time span of a rate; a rate is shown and never summed."""

    MONTH = Code("month", "per month", "par mois", "на місяць")
    YEAR = Code("year", "per year", "par an", "на рік")


class Rank(CodeList):
    """The editors' verdict on a claim, as in Wikibase."""

    PREFERRED = Code("preferred", "Preferred", "Préféré", "Пріоритетне")
    NORMAL = Code("normal", "Normal", "Normal", "Звичайне")
    DEPRECATED = Code("deprecated", "Deprecated", "Obsolète", "Застаріле")


class Reliability(CodeList):
    """How far a publisher can be relied on: the letter of the NATO / Admiralty code."""

    A = Code("A", "Completely reliable", "Totalement fiable", "Цілком надійне")
    B = Code("B", "Usually reliable", "Habituellement fiable", "Зазвичай надійне")
    C = Code("C", "Fairly reliable", "Assez fiable", "Досить надійне")
    D = Code("D", "Not usually reliable", "Peu fiable", "Зазвичай ненадійне")
    E = Code("E", "Unreliable", "Non fiable", "Ненадійне")
    F = Code("F", "Cannot be judged", "Fiabilité non évaluable", "Надійність не визначено")


class Credibility(CodeList):
    """How credible a statement is: the digit of the NATO / Admiralty code."""

    CONFIRMED = Code("1", "Confirmed", "Confirmé", "Підтверджено")
    PROBABLY_TRUE = Code("2", "Probably true", "Probablement vrai", "Імовірно правда")
    POSSIBLY_TRUE = Code("3", "Possibly true", "Peut-être vrai", "Можливо правда")
    DOUBTFUL = Code("4", "Doubtful", "Douteux", "Сумнівно")
    IMPROBABLE = Code("5", "Improbable", "Improbable", "Малоймовірно")
    NOT_JUDGED = Code("6", "Cannot be judged", "Non évaluable", "Оцінити неможливо")


class TextKind(CodeList):
    """What the text of an article is."""

    ABSTRACT = Code("abstract", "Abstract", "Résumé", "Виклад", "An abstract in our own words.")
    FULL = Code("full", "Full text", "Texte intégral", "Повний текст", "The full text, for signed-in readers.")
    PASSAGES = Code("passages", "Passages", "Extraits", "Уривки", "Only the passages that are cited from it.")


class Language(CodeList):
    """The languages in which articles are told apart, by ISO 639-1 code."""

    EN = Code("en", "English", "Anglais", "Англійська")
    FR = Code("fr", "French", "Français", "Французька")
    UK = Code("uk", "Ukrainian", "Ukrainien", "Українська")
    DE = Code("de", "German", "Allemand", "Німецька")
    ES = Code("es", "Spanish", "Espagnol", "Іспанська")
    IT = Code("it", "Italian", "Italien", "Італійська")
    NL = Code("nl", "Dutch", "Néerlandais", "Нідерландська")
    PL = Code("pl", "Polish", "Polonais", "Польська")
    PT = Code("pt", "Portuguese", "Portugais", "Португальська")
    RO = Code("ro", "Romanian", "Roumain", "Румунська")
    CS = Code("cs", "Czech", "Tchèque", "Чеська")
    SK = Code("sk", "Slovak", "Slovaque", "Словацька")
    BG = Code("bg", "Bulgarian", "Bulgare", "Болгарська")
    EL = Code("el", "Greek", "Grec", "Грецька")
    TR = Code("tr", "Turkish", "Turc", "Турецька")
    SV = Code("sv", "Swedish", "Suédois", "Шведська")
    NO = Code("no", "Norwegian", "Norvégien", "Норвезька")
    DA = Code("da", "Danish", "Danois", "Данська")
    FI = Code("fi", "Finnish", "Finnois", "Фінська")
    ET = Code("et", "Estonian", "Estonien", "Естонська")
    LV = Code("lv", "Latvian", "Letton", "Латиська")
    LT = Code("lt", "Lithuanian", "Lituanien", "Литовська")
    HU = Code("hu", "Hungarian", "Hongrois", "Угорська")
    HR = Code("hr", "Croatian", "Croate", "Хорватська")
    RU = Code("ru", "Russian", "Russe", "Російська")
    JA = Code("ja", "Japanese", "Japonais", "Японська")
    KO = Code("ko", "Korean", "Coréen", "Корейська")
    ZH = Code("zh", "Chinese", "Chinois", "Китайська")
    AR = Code("ar", "Arabic", "Arabe", "Арабська")
    HE = Code("he", "Hebrew", "Hébreu", "Іврит")


CODE_LISTS = {
    "mode": Mode,
    "phase": Phase,
    "stage": Stage,
    "step": Step,
    "category": Category,
    "party-kind": PartyKind,
    "role": Role,
    "instrument-kind": InstrumentKind,
    "article-kind": ArticleKind,
    "channel": Channel,
    "qualifier": Qualifier,
    "basis": Basis,
    "per": Per,
    "rank": Rank,
    "reliability": Reliability,
    "credibility": Credibility,
    "text-kind": TextKind,
    "language": Language,
    "state": State,
}
