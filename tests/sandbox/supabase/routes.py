"""GoTrue's endpoints under /supabase/auth/v1."""

import asyncio
import time
from typing import Any

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.sandbox.state import Sandbox
from tests.sandbox.supabase import tokens
from tests.sandbox.supabase.users import public

PREFIX = "/supabase/auth/v1"


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the stand-in for Supabase Auth."""
    service = AuthService(sandbox)
    return [
        Route(f"{PREFIX}/signup", service.sign_up, methods=["POST"]),
        Route(f"{PREFIX}/token", service.token, methods=["POST"]),
        Route(f"{PREFIX}/user", service.user, methods=["GET"]),
        Route(f"{PREFIX}/logout", service.log_out, methods=["POST"]),
        Route(f"{PREFIX}/admin/users", service.admin_create, methods=["POST"]),
        Route(f"{PREFIX}/.well-known/jwks.json", service.jwks, methods=["GET"]),
        Route(f"{PREFIX}/health", service.health, methods=["GET"]),
        Route(f"{PREFIX}/settings", service.settings, methods=["GET"]),
    ]


class AuthService:
    """The endpoints over one sandbox's users and keys."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def sign_up(self, request: Request) -> Response:
        """POST /signup: a user by e-mail or phone, or an anonymous one; confirmed at once."""
        body = await self._begin(request, "signup")
        if isinstance(body, Response):
            return body
        anonymous = not (body.get("email") or body.get("phone"))
        if not anonymous and len(str(body.get("password") or "")) < 6:
            return _error(422, "weak_password", "Password should be at least 6 characters.")
        return self._create(body, anonymous=anonymous, with_session=True)

    async def admin_create(self, request: Request) -> Response:
        """POST /admin/users: a user without a session."""
        body = await self._begin(request, "admin")
        return body if isinstance(body, Response) else self._create(body, anonymous=False, with_session=False)

    async def token(self, request: Request) -> Response:
        """POST /token?grant_type=password or refresh_token."""
        body = await self._begin(request, "token")
        if isinstance(body, Response):
            return body
        grant = request.query_params.get("grant_type")
        if grant == "password":
            user = self.sandbox.users.by_login(
                str(body.get("email") or body.get("phone") or ""), str(body.get("password") or "")
            )
            if not user:
                return _error(400, "invalid_credentials", "Invalid login credentials")
            return JSONResponse(tokens.session(self.sandbox, user))
        if grant == "refresh_token":
            held = self.sandbox.users.refresh_tokens.pop(str(body.get("refresh_token")), None)
            user = self.sandbox.users.users.get(held["user"]) if held else None
            if not held or not user:
                return _error(
                    400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found"
                )
            return JSONResponse(tokens.session(self.sandbox, user, held["session"]))
        return _error(400, "validation_failed", "unsupported_grant_type")

    async def user(self, request: Request) -> Response:
        """GET /user: whose token this is."""
        refused = await self._begin(request, "user")
        if isinstance(refused, Response):
            return refused
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        user = self._owner(token)
        return (
            JSONResponse(public(user))
            if user
            else _error(403, "bad_jwt", "invalid JWT: unable to parse or verify signature")
        )

    async def log_out(self, request: Request) -> Response:
        """POST /logout: the session's refresh tokens end; the access token lives on, as at Supabase."""
        await self._begin(request, "logout")
        user = self._owner(request.headers.get("authorization", "").removeprefix("Bearer "))
        if not user:
            return _error(401, "no_authorization", "This endpoint requires a Bearer token")
        held = self.sandbox.users.refresh_tokens
        for value in [value for value, owner in held.items() if owner["user"] == user["id"]]:
            del held[value]
        self.sandbox.users.save()
        return Response(status_code=204)

    async def jwks(self, request: Request) -> Response:
        """GET /.well-known/jwks.json: the published keys."""
        refused = await self._begin(request, "jwks")
        if isinstance(refused, Response):
            return refused
        return JSONResponse(self.sandbox.keys.jwks(), headers={"Cache-Control": "public, max-age=600"})

    async def health(self, _request: Request) -> Response:
        """GET /health."""
        return JSONResponse(
            {
                "version": "v2.180.0",
                "name": "GoTrue",
                "description": "GoTrue is a user registration and authentication API",
            }
        )

    async def settings(self, _request: Request) -> Response:
        """GET /settings: what sign-in ways there are."""
        return JSONResponse(
            {
                "external": {"email": True, "phone": True, "anonymous_users": True},
                "disable_signup": False,
                "mailer_autoconfirm": True,
            }
        )

    def _create(self, body: dict[str, Any], *, anonymous: bool, with_session: bool) -> Response:
        metadata = body.get("data") or body.get("user_metadata") or {}
        try:
            user = self.sandbox.users.create(
                email=str(body.get("email") or ""),
                phone=str(body.get("phone") or ""),
                password=str(body.get("password") or ""),
                anonymous=anonymous,
                metadata=metadata,
            )
        except KeyError:
            return _error(422, "user_already_exists", "User already registered")
        return JSONResponse(tokens.session(self.sandbox, user) if with_session else public(user))

    async def _begin(self, request: Request, kind: str) -> dict[str, Any] | Response:
        """Record the call and misbehave when told so; else the JSON body, {} when there is none."""
        call = self.sandbox.calls.record("supabase", kind, request.url.path)
        chosen = self.sandbox.behaviours.choose("supabase", kind)
        call.behaviour = list(chosen)
        if "slow" in chosen:
            await asyncio.sleep(float(chosen["slow"].options.get("delay", 5)))
        if failing := [
            mode for mode in chosen if mode in {"fail", "server_error", "overloaded", "rate_limited"}
        ]:
            call.status = {"rate_limited": 429, "overloaded": 503}.get(failing[0], 500)
            return _error(call.status, "unexpected_failure", "Internal Server Error")
        if "garbage" in chosen:
            return Response("<html>not what you asked for</html>", 200, media_type="text/html")
        if "hang" in chosen:
            await asyncio.sleep(3600)
        raw = await request.body()
        try:
            body = await request.json() if raw else {}
        except ValueError:
            return _error(400, "bad_json", "Could not parse request body as JSON")
        return (
            body
            if isinstance(body, dict)
            else _error(400, "bad_json", "Could not parse request body as JSON")
        )

    def _owner(self, token: str) -> dict[str, Any] | None:
        """The user of a token of ours that is signed and not expired."""
        try:
            header = jwt.get_unverified_header(token)
            key = self.sandbox.keys.find(header.get("kid", ""))
            material = key.public_pem() if key else self.sandbox.keys.secret
            payload = jwt.decode(
                token, material, algorithms=[key.algorithm if key else "HS256"], audience="authenticated"
            )
        except jwt.PyJWTError:
            return None
        return (
            self.sandbox.users.users.get(payload.get("sub", ""))
            if payload.get("exp", 0) > time.time()
            else None
        )


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"code": status, "error_code": code, "msg": message}, status)
