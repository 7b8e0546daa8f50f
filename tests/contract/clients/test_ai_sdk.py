"""The npm package `ai`, unmodified, through its own transport: every chunk passes the package's own schema or the talk fails."""

import json
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.fixtures.product import Product

NODE = Path(__file__).resolve().parents[1] / "node"
COMPANY = {
    "company": {
        "companyName": "Brightkiln",
        "oneSentencePitch": "Brightkiln dries ceramic tiles with waste heat.",
        "price": "40,000 euros for each kiln",
    },
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [
            {"name": "Azulejos Norte", "role": "Plant manager", "quote": "Gas eats a third of our margin."}
        ],
    },
}


async def a_workspace(product: Product, email: str) -> int:
    async with product.client(email) as client:
        made = (
            (await client.post("/workspaces", json={"name": "Brightkiln"})).raise_for_status().json()["data"]
        )
        saved = await client.put(f"/workspaces/{made['id']}/onboarding", json={"data": COMPANY})
        saved.raise_for_status()
        return int(made["id"])


def talk(
    product: Product, email: str, workspace_id: int, messages: list[str], **orders: Any
) -> dict[str, Any]:
    """Run the client; what it saw."""
    orders |= {
        "url": product.url,
        "token": product.token(email),
        "workspaceId": workspace_id,
        "messages": messages,
    }
    orders.setdefault("chatId", f"chat-{uuid4()}")
    result = subprocess.run(
        ["node", "talk.mjs"],
        cwd=NODE,
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    seen: dict[str, Any] = json.loads(result.stdout)
    return seen


def text_of(message: dict[str, Any]) -> str:
    return "".join(part["text"] for part in message["parts"] if part["type"] == "text")


async def test_a_talk_of_two_messages_ends_ready_with_two_answers(product: Product) -> None:
    workspace_id = await a_workspace(product, "ai-sdk@clients.example")
    seen = talk(
        product,
        "ai-sdk@clients.example",
        workspace_id,
        ["We sell to plant managers.", "Gas prices hurt them."],
    )
    assert seen["error"] is None
    assert seen["status"] == "ready"
    assert [message["role"] for message in seen["messages"]] == ["user", "assistant"] * 2
    assert all(text_of(message) for message in seen["messages"])
    assert [finish["finishReason"] for finish in seen["finishes"]] == ["stop", "stop"]
    assert seen["messages"][1]["id"] != seen["messages"][3]["id"]


async def test_the_server_remembers_the_talk_under_the_clients_chat_id(product: Product) -> None:
    workspace_id = await a_workspace(product, "ai-sdk-history@clients.example")
    talk(
        product,
        "ai-sdk-history@clients.example",
        workspace_id,
        ["We sell to plant managers."],
        chatId="kept-chat",
    )
    async with product.client("ai-sdk-history@clients.example") as client:
        session = await client.get(f"/workspaces/{workspace_id}/discovery/sessions/kept-chat")
    messages = session.raise_for_status().json()["data"]["messages"]
    assert [message["role"] for message in messages] == ["user", "assistant"]
    assert messages[0]["content"] == "We sell to plant managers."


async def test_experiments_are_approved_through_the_packages_own_approval(product: Product) -> None:
    email = "ai-sdk-approval@clients.example"
    workspace_id = await a_workspace(product, email)
    seen = talk(product, email, workspace_id, ["Just give me five experiments now."], answerApproval=True)
    assert seen["error"] is None, seen
    kinds = [part["type"] for message in seen["messages"] for part in message["parts"]]
    assert "data-experiments" in kinds
    tools = [
        part for message in seen["messages"] for part in message["parts"] if part["type"].startswith("tool-")
    ]
    assert [tool["state"] for tool in tools] == ["output-available"]
    async with product.client(email) as client:
        saved = (
            (await client.get(f"/workspaces/{workspace_id}/experiments")).raise_for_status().json()["data"]
        )
    assert len(saved) == 5


async def test_a_refusal_before_the_stream_reaches_the_user_as_an_error(product: Product) -> None:
    seen = talk(product, "ai-sdk-foreign@clients.example", 2**40, ["Hello"])
    assert seen["status"] == "error"
    assert json.loads(seen["error"])["status"] == 404
