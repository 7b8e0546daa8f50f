"""Reads prompt files, checks them, and renders them. Each file is read once per process; nothing is computed at import."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml
from jinja2 import Template, TemplateError, meta, nodes
from pydantic import ValidationError

from prompts.checking import check_prints, check_same
from prompts.packing import pack
from prompts.prompt import FrontMatter, PromptInvalid, RenderedPrompt
from prompts.shared import Divided, Printed, SharedInputs
from prompts.templates import PromptEnvironment

FOLDER = Path(__file__).parent
SHARED = "_shared"


@dataclass(frozen=True)
class Prompt:
    """One checked prompt file, ready to render."""

    head: FrontMatter
    body: str
    hash: str
    template: Template
    sources: tuple[str, ...]
    """The files it is made of: its own, then its partials."""

    @property
    def tag(self) -> str:
        """Names the exact wording, partials included: `discovery/strategy@3#5f984c68`."""
        return f"{self.head.id}@{self.head.version}#{self.hash[:8]}"


class PromptLibrary:
    """The prompts of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Prompt] = {}
        self._divisions: dict[tuple[str, tuple[frozenset[str], ...]], Divided] = {}
        self._environment = PromptEnvironment(self._template_source)

    def ids(self) -> list[str]:
        """Every prompt of the folder, sorted. A file is a prompt when it lies in a folder of its own subject."""
        paths = (path.relative_to(self.folder) for path in self.folder.glob("*/**/*.md"))
        return sorted(str(path.with_suffix("")) for path in paths if path.parts[0] not in (SHARED, "samples"))

    def load(self, prompt_id: str) -> Prompt:
        """The checked prompt. Raises PromptInvalid when it is missing or breaks a rule."""
        if prompt_id not in self._loaded:
            self._loaded[prompt_id] = self._read(prompt_id)
        return self._loaded[prompt_id]

    def render(self, prompt_id: str, *shared: SharedInputs, **inputs: object) -> RenderedPrompt:
        """The prompt's text with exactly its declared inputs. Raises PromptInvalid for missing, surplus or doubled ones.

        What it makes of `shared` alone is made once for all prompts.
        """
        prompt = self.load(prompt_id)
        given = dict(inputs)
        for group in shared:
            if twice := given.keys() & group.keys():
                raise PromptInvalid(f"{prompt_id}: {', '.join(sorted(twice))} is passed twice")
            given.update(group)
        check_same(prompt_id, "declared", set(prompt.head.inputs), "passed", set(given))
        template = self._divided(prompt, shared, given) if shared else prompt.template
        try:
            pieces = pack(list(template.generate(given)))
        except (TemplateError, ValueError, TypeError) as error:
            raise PromptInvalid(f"{prompt_id} does not render: {error}") from error
        head = prompt.head
        return RenderedPrompt(
            id=head.id,
            version=head.version,
            tag=prompt.tag,
            pieces=pieces,
            role=head.model.role,
            temperature=head.model.temperature,
            output=head.output,
        )

    def _divided(
        self, prompt: Prompt, shared: tuple[SharedInputs, ...], given: dict[str, object]
    ) -> Template:
        """The prompt's template for these inputs; what it prints besides is put to those that are given."""
        key = prompt.head.id, tuple([group.names for group in shared])
        divided = self._divisions.get(key)
        if divided is None:
            divided = self._divisions[key] = self._environment.divided(f"{prompt.head.id}.md", key[1])
        for name, place, partial in divided.partials:
            given[name] = Printed(shared[place], partial)
        return divided.template

    def _read(self, prompt_id: str) -> Prompt:
        head, body = _split(prompt_id, self._file(f"{prompt_id}.md"))
        if head.id != prompt_id:
            raise PromptInvalid(f"{prompt_id}.md calls itself {head.id!r}; the id must equal the path")
        sources = {f"{prompt_id}.md": body, **self._partials(prompt_id, body)}
        used: set[str] = set()
        for name, source in sources.items():
            tree = self._parse(name, source)
            used |= meta.find_undeclared_variables(tree)
            check_prints(name, tree)
        check_same(prompt_id, "declared", set(head.inputs), "used", used)
        template = self._environment.whole(f"{prompt_id}.md")
        return Prompt(head, body, _wording_hash(head, sources), template, tuple(sources))

    def _partials(self, prompt_id: str, body: str) -> dict[str, str]:
        """Every file the body includes or imports, by name, through any depth."""
        found: dict[str, str] = {}
        waiting = [(f"{prompt_id}.md", body)]
        while waiting:
            name, source = waiting.pop()
            for partial in meta.find_referenced_templates(self._parse(name, source)):
                if partial is None or not partial.startswith(f"{SHARED}/"):
                    raise PromptInvalid(
                        f"{name} includes {partial or 'a computed name'}; only {SHARED}/ files can be"
                    )
                if partial not in found:
                    found[partial] = self._file(partial)
                    waiting.append((partial, found[partial]))
        return dict(sorted(found.items()))

    def _parse(self, name: str, source: str) -> nodes.Template:
        try:
            return self._environment.parse(source, name)
        except TemplateError as error:
            raise PromptInvalid(f"{name} is not a valid template: {error}") from error

    def _template_source(self, name: str) -> str:
        source = self._file(name)
        return source if name.startswith(f"{SHARED}/") else _split(name, source)[1]

    def _file(self, name: str) -> str:
        path = self.folder / name
        if not path.is_file():
            raise PromptInvalid(f"there is no prompt file {name}")
        return path.read_text(encoding="utf-8")


def _split(name: str, source: str) -> tuple[FrontMatter, str]:
    """Front matter and body of a file. Raises PromptInvalid when the head is missing or wrong."""
    opening, head, body = source.split("---\n", 2) if source.count("---\n") >= 2 else ("?", "", "")
    if opening:
        raise PromptInvalid(f"{name} does not begin with front matter between two lines of ---")
    try:
        return FrontMatter.model_validate(yaml.safe_load(head)), body
    except (yaml.YAMLError, ValidationError) as error:
        raise PromptInvalid(f"the front matter of {name} is wrong: {error}") from error


def _wording_hash(head: FrontMatter, sources: dict[str, str]) -> str:
    """A hash of all that decides the answer: the text, its partials, the inputs, the model's needs and the schema."""
    parts = [head.model.model_dump_json(), head.output, ",".join(sorted(head.inputs))]
    for name, source in sources.items():
        parts += [name, source]
    return sha256("\x00".join(parts).encode()).hexdigest()


_instead: ContextVar["PromptLibrary | None"] = ContextVar("prompts_instead", default=None)


@contextmanager
def using(prompts: PromptLibrary) -> Iterator[None]:
    """Within this block, and in tasks begun in it, these prompts stand in the place of the product's: for comparing wordings."""
    token = _instead.set(prompts)
    try:
        yield
    finally:
        _instead.reset(token)


def library() -> PromptLibrary:
    """The product's own prompts, or those that `using` put in their place."""
    return _instead.get() or _own()


@cache
def _own() -> PromptLibrary:
    return PromptLibrary(FOLDER)


def load(prompt_id: str) -> Prompt:
    """One of the product's prompts, checked. Raises PromptInvalid."""
    return library().load(prompt_id)


def prompt_ids() -> list[str]:
    """The ids of the product's prompts, sorted."""
    return library().ids()


def render(prompt_id: str, *shared: SharedInputs, **inputs: object) -> RenderedPrompt:
    """One of the product's prompts with its inputs filled in. Raises PromptInvalid."""
    return library().render(prompt_id, *shared, **inputs)
