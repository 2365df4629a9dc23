"""The translations as their authors keep them: one file for each area under locale/fragments."""

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from tools.messages import places
from tools.messages.extract import Place, Said


class Translations:
    """Every fragment read, with what is wrong in them."""

    def __init__(self) -> None:
        self.messages: dict[tuple[str | None, str], Message] = {}
        self.problems: list[str] = []
        for path in sorted(places.FRAGMENTS.glob("*.po")):
            self._read(path.name, path.read_bytes())

    def _read(self, name: str, content: bytes) -> None:
        """Read one fragment; two that disagree about a message are a problem."""
        try:
            catalogue = read_po(content.decode("utf-8").splitlines(), locale=places.LOCALE, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError, ValueError) as error:
            self.problems.append(f"{name}: cannot be read: {error}")
            return
        for message in catalogue:
            if message.id:
                self._add(name, message)

    def _add(self, name: str, message: Message) -> None:
        """Add one message."""
        text = message.id if isinstance(message.id, str) else message.id[0]
        known = self.messages.setdefault((message.context, text), message)
        if known.string != message.string:
            self.problems.append(f"{name}: {text!r} is translated otherwise in another fragment")
        if message.fuzzy:
            self.problems.append(f"{name}: {text!r} is marked fuzzy")

    def of(self, said: Said) -> Message | None:
        """Return the translation of a message, None when there is none."""
        return self.messages.get((said.context, said.text))

    def catalogue(self) -> Catalog:
        """Return all translations as one catalogue."""
        whole = _empty()
        for (context, _text), message in self.messages.items():
            whole.add(message.id, message.string, context=context, flags=message.flags)
        return whole

    def catalogue_of(self, sources: dict[Said, list[Place]]) -> Catalog:
        """Return a catalogue of just what the sources say, untranslated messages included."""
        whole = _empty()
        for said in sorted(sources, key=lambda one: (one.text, one.context or "")):
            message = self.of(said)
            identity = (said.text, said.plural) if said.plural else said.text
            locations = [(place.path, place.line) for place in sources[said]]
            whole.add(identity, message.string if message else "", context=said.context, locations=locations)
        return whole


def _empty() -> Catalog:
    """Return a catalogue with a header and nothing else."""
    return Catalog(locale=places.LOCALE, project="wenxi-portal", fuzzy=False, charset="utf-8")
