"""The graph that Aegra runs: one node that lets a model speak. It runs in Aegra's own environment, not in ours."""

import os
from typing import Any

from langchain_openai import ChatOpenAI
from langgraph.graph import START, MessagesState, StateGraph

model = ChatOpenAI(
    model="bench", base_url=os.environ["OPENAI_BASE_URL"], api_key="sk-sandbox", use_responses_api=False
)


async def speak(state: MessagesState) -> dict[str, Any]:
    """One call."""
    return {"messages": [await model.ainvoke(state["messages"])]}


graph = StateGraph(MessagesState).add_node(speak).add_edge(START, "speak").compile()
