"""What the stand-ins share: options of the command line, the call log, the behaviours in force."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse

from tests.sandbox.behaviour import Behaviours
from tests.sandbox.calls import CallLog
from tests.sandbox.sites.registry import Sites
from tests.sandbox.supabase.keys import KeyRing
from tests.sandbox.supabase.users import UserStore

DEFAULT_MODELS = ("gpt-6-sol", "gpt-6-luna", "gpt-5.2", "gpt-5-mini", "gpt-4.1", "gpt-4o", "gpt-4o-mini")


@dataclass
class Options:
    """The command line."""

    base_url: str
    models: list[str] = field(default_factory=list)
    jwt_secret: str | None = None
    state_folder: Path | None = None
    companies: int = 24
    """Invented companies whose websites are up from the start."""
    token_delay: float = 0.005
    """Seconds between two pieces of a streamed answer."""


class Sandbox:
    """All state of one running sandbox."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.calls = CallLog()
        self.behaviours = Behaviours()
        self.models: list[str] | None = None
        self.models_seen: list[str] = []
        self.token_delay = options.token_delay
        self.keys = KeyRing(options.state_folder, options.jwt_secret)
        self.users = UserStore(options.state_folder)
        self.sites = Sites(options.companies)

    @property
    def issuer(self) -> str:
        """The `iss` of the tokens, as GoTrue writes it."""
        return f"{self.options.base_url}/supabase/auth/v1"

    def model_list(self) -> list[str]:
        """The models that exist: the list set by control, else the usual ones and all that were asked for."""
        if self.models is not None:
            return self.models
        return list(dict.fromkeys([*DEFAULT_MODELS, *self.options.models, *self.models_seen]))

    def reset(self) -> None:
        """Forget calls and behaviours; users, keys and registered sites stay."""
        self.calls.reset()
        self.behaviours.remove()
        self.models = None
        self.token_delay = self.options.token_delay


def problem(status: int, message: str, **headers: str) -> JSONResponse:
    """A refusal of the control API."""
    return JSONResponse({"error": message}, status, headers)


def ok(data: Any) -> JSONResponse:
    """An answer of the control API."""
    return JSONResponse(data)
