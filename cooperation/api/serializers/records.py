"""What all records have in common, and how one record names another."""

from rest_framework import serializers

from cooperation.models import (
    Article,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    System,
    Withdrawal,
)

NOUNS = {
    Party: "parties",
    Official: "officials",
    System: "systems",
    Instrument: "instruments",
    Publisher: "publishers",
    Partnership: "partnerships",
    Program: "programs",
    Development: "developments",
    Article: "articles",
}
NAME_KEYS = {Article: "title", Development: "summary"}


def build_address(record, context):
    """Return the absolute address of `record` in the API; `root` in the context is that of the API itself."""
    return f"{context['root']}{build_name(record)}/"


def build_name(record):
    """Return `noun/id`, as reports of a load call the record."""
    return f"{NOUNS[type(record)]}/{record.slug}"


class AddressField(serializers.URLField):
    """The address of the record itself."""

    def __init__(self):
        """Read the whole record."""
        super().__init__(source="*")

    def to_representation(self, record):
        """Return the absolute address."""
        return build_address(record, self.context)


class RelationSerializer(serializers.Serializer):
    """A record as others name it: the name is the title of an article and the summary of a development."""

    id = serializers.SlugField()
    name = serializers.CharField()
    url = serializers.URLField()

    def to_representation(self, record):
        """Return the three keys; lists have thousands of relations, so this does not go field by field."""
        name = getattr(record, NAME_KEYS.get(type(record), "name"))
        return {"id": record.slug, "name": name, "url": build_address(record, self.context)}


class WithdrawalSerializer(serializers.Serializer):
    """A record that the public could see and cannot see any more."""

    id = serializers.SlugField(source="slug")
    withdrawn = serializers.DateTimeField(source="at")


class RecordSerializer(serializers.Serializer):
    """What every noun has. `fields` in the context are the keys that a row shows, all unless given."""

    id = serializers.SlugField(source="slug")
    url = AddressField()
    external_ids = serializers.DictField(child=serializers.CharField())
    created = serializers.DateTimeField()
    modified = serializers.DateTimeField()

    def get_fields(self):
        """Leave out what is not asked for."""
        fields = super().get_fields()
        return {name: fields[name] for name in fields if name in self.context.get("fields", fields)}

    def to_representation(self, record):
        """Show a withdrawal as such, and leave a row as it is that is shown already."""
        if isinstance(record, dict):
            return record
        if isinstance(record, Withdrawal):
            return WithdrawalSerializer(record).data
        return super().to_representation(record)


class NamedSerializer(RecordSerializer):
    """A noun with a name, in English, and its names in other languages."""

    name = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField())


class AliasedSerializer(NamedSerializer):
    """A noun that is known under other names as well."""

    aliases = serializers.ListField(child=serializers.CharField())
