"""What quantities count, in the reader's language: the words of the field with their plural forms.

A unit is any word in the singular. One that is not listed here is shown as written, with an English plural.
"""

import re

from django.utils.translation import npgettext_lazy

MANY = 5  # asks for the form that goes with a number that is not told, as in “several”

WORDS = {
    "agreement": npgettext_lazy("unit", "agreement", "agreements", "number"),
    "aircraft": npgettext_lazy("unit", "aircraft", "aircraft", "number"),
    "battery": npgettext_lazy("unit", "battery", "batteries", "number"),
    "bomb": npgettext_lazy("unit", "bomb", "bombs", "number"),
    "drone": npgettext_lazy("unit", "drone", "drones", "number"),
    "engine": npgettext_lazy("unit", "engine", "engines", "number"),
    "gun": npgettext_lazy("unit", "gun", "guns", "number"),
    "helicopter": npgettext_lazy("unit", "helicopter", "helicopters", "number"),
    "howitzer": npgettext_lazy("unit", "howitzer", "howitzers", "number"),
    "interceptor": npgettext_lazy("unit", "interceptor", "interceptors", "number"),
    "launcher": npgettext_lazy("unit", "launcher", "launchers", "number"),
    "missile": npgettext_lazy("unit", "missile", "missiles", "number"),
    "munition": npgettext_lazy("unit", "munition", "munitions", "number"),
    "pilot": npgettext_lazy("unit", "pilot", "pilots", "number"),
    "radar": npgettext_lazy("unit", "radar", "radars", "number"),
    "rocket": npgettext_lazy("unit", "rocket", "rockets", "number"),
    "round": npgettext_lazy("unit", "round", "rounds", "number"),
    "set": npgettext_lazy("unit", "set", "sets", "number"),
    "shell": npgettext_lazy("unit", "shell", "shells", "number"),
    "ship": npgettext_lazy("unit", "ship", "ships", "number"),
    "soldier": npgettext_lazy("unit", "soldier", "soldiers", "number"),
    "system": npgettext_lazy("unit", "system", "systems", "number"),
    "tank": npgettext_lazy("unit", "tank", "tanks", "number"),
    "unit": npgettext_lazy("unit", "unit", "units", "number"),
    "vehicle": npgettext_lazy("unit", "vehicle", "vehicles", "number"),
}
SAME_IN_PLURAL = {"ammunition", "equipment", "personnel", "staff"}


def name_unit(unit, number=1):
    """Return the word for `number` of a unit, such as “aircraft” or “batteries”; empty for no unit."""
    if unit in WORDS:
        return WORDS[unit] % {"number": int(number)}
    if not unit or number == 1:
        return unit
    head, last = unit[: unit.rfind(" ") + 1], unit[unit.rfind(" ") + 1 :]
    return head + _plural(last)


def _plural(word):
    if word in SAME_IN_PLURAL:
        return word
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")
