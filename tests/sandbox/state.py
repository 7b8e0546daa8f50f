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
from tests.sandbox.wiza.account import Account

DEFAULT_MODELS = {
    "openai": ("gpt-6-sol", "gpt-6-luna", "gpt-5.2", "gpt-5-mini", "gpt-4.1", "gpt-4o", "gpt-4o-mini"),
    "gemini": (
        "gemini-4-argon",
        "gemini-3.8-flash",
        "gemini-3.7-flash",
        "gemini-3.6-flash",
        "gemini-3.5-flash",
        "gemini-3.5-flash-lite",
        "gemini-3.1-pro-preview",
        "gemini-3-flash-preview",
        "gemini-2.5-pro",
        "gemini-2.5-flash",
        "gemini-2.5-flash-lite",
    ),
}


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
        self.models: dict[str, list[str] | None] = {}
        self.models_seen: dict[str, list[str]] = {"openai": list(options.models), "gemini": []}
        self.token_delay = options.token_delay
        self.keys = KeyRing(options.state_folder, options.jwt_secret)
        self.users = UserStore(options.state_folder)
        self.sites = Sites(options.companies)
        self.wiza = Account()

    @property
    def issuer(self) -> str:
        """The `iss` of the tokens, as GoTrue writes it."""
        return f"{self.options.base_url}/supabase/auth/v1"

    def model_list(self, provider: str) -> list[str]:
        """The models that exist: the list set by control, else the usual ones and all that were asked for."""
        fixed = self.models.get(provider)
        if fixed is not None:
            return fixed
        return list(dict.fromkeys([*DEFAULT_MODELS[provider], *self.models_seen[provider]]))

    def saw_model(self, provider: str, model: str) -> None:
        """From now on the model is on the provider's list."""
        if model not in self.models_seen[provider]:
            self.models_seen[provider].append(model)

    def has_model(self, provider: str, model: str) -> bool:
        """Any model exists, unless control said which ones do."""
        fixed = self.models.get(provider)
        return fixed is None or model in fixed

    def reset(self) -> None:
        """Forget calls, behaviours and what Wiza did; users, keys and registered sites stay."""
        self.calls.reset()
        self.behaviours.remove()
        self.wiza.reset()
        self.models = {}
        self.token_delay = self.options.token_delay


def problem(status: int, message: str, **headers: str) -> JSONResponse:
    """A refusal of the control API."""
    return JSONResponse({"error": message}, status, headers)


def ok(data: Any) -> JSONResponse:
    """An answer of the control API."""
    return JSONResponse(data)
