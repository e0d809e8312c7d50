"""Drives OpenAI's own Python package: reads questions as JSON lines, answers what
the package made of the endpoint's answer.  URL is the argument."""

import json
import sys

import openai
from openai import OpenAI

SCHEMA = {"type": "object", "properties": {
    name: {"type": "string"} for name in ("title", "heading", "digest")},
    "required": ["title", "heading", "digest"], "additionalProperties": False}
FORMAT = {"type": "json_schema",
          "json_schema": {"name": "note", "strict": True, "schema": SCHEMA}}


def ask(client, question):
    more = {}
    if question.get("schema"):
        more["response_format"] = FORMAT
    completion = client.chat.completions.create(
        model=question.get("model", "made-up-1"),
        messages=[{"role": "system", "content": "Write a note."},
                  {"role": "user",
                   "content": json.dumps({"paper": {
                       "title": f"Model {question['number']}"}})}],
        timeout=question.get("timeout", 20), **more)
    choice = completion.choices[0]
    return {"content": choice.message.content,
            "refusal": choice.message.refusal,
            "finish": choice.finish_reason,
            "tokens": [completion.usage.prompt_tokens,
                       completion.usage.completion_tokens]}


def main():
    client = OpenAI(base_url=sys.argv[1], api_key="sk-made-up", max_retries=0)
    wrong = OpenAI(base_url=sys.argv[1], api_key="sk-wrong", max_retries=0)
    print(json.dumps({"version": openai.__version__,
                      "models": [m.id for m in client.models.list()]}),
          flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            said = ask(wrong if question.get("wrong_key") else client, question)
        except openai.APIError as error:
            response = getattr(error, "response", None)
            said = {"error": type(error).__name__,
                    "code": getattr(error, "code", None),
                    "retry_after": response.headers.get("retry-after")
                    if response is not None else None}
        print(json.dumps(said), flush=True)


main()
