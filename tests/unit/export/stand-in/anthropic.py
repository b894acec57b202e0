"""A stand-in for the `anthropic` package, for machines that cannot install it: posts its arguments as JSON.

It takes the arguments that both `anthropic` 1 and 2 take and, like them, refuses any other, refuses a call without the
required ones, and refuses a long answer without a stream unless it is told how long to wait.
"""

import json
import os
import urllib.request

OPTIONAL = {
    "cache_control", "container", "diagnostics", "inference_geo", "metadata", "output_config", "service_tier",
    "speed", "stop_sequences", "system", "thinking", "tool_choice", "tools",
}  # fmt: skip
OF_BETAS = {
    "billing_policy", "compaction", "context_management", "fallback_credit_token", "fallbacks", "mcp_servers",
    "thread",
}  # fmt: skip


class types:
    class Message:
        pass

    class RawMessageStreamEvent:
        pass


class Stream:
    def __class_getitem__(cls, _event):
        return cls


class _TextStream:
    def __enter__(self):
        self.text_stream = ["Hello", "!"]
        return self

    def __exit__(self, *_error):
        return None


_OMIT = object()


class _Messages:
    def __init__(self, client, beta):
        self._client = client
        self._beta = beta

    def create(self, *, max_tokens, stream=_OMIT, **arguments):
        too_long = 60 * 60 * max_tokens / 128_000 > 10 * 60
        if stream is not True and too_long and self._client.timeout is None:
            raise ValueError("Streaming is required for operations that may take longer than 10 minutes")
        return self._send(max_tokens=max_tokens, stream=stream, **arguments)

    def stream(self, **arguments):
        self._send(stream=True, **arguments)
        return _TextStream()

    def _send(self, *, max_tokens, messages, model, stream, betas=None, extra_body=None, **optional):
        unknown = optional.keys() - OPTIONAL - (OF_BETAS if self._beta else set())
        if unknown or (betas is not None and not self._beta):
            raise TypeError(f"unexpected keyword argument {unknown or 'betas'}")
        required = {"max_tokens": max_tokens, "messages": messages, "model": model}
        streaming = {} if stream is _OMIT else {"stream": stream}
        headers = {"anthropic-beta": ",".join(betas)} if betas else {}
        return self._client.send("/v1/messages", {**required, **streaming, **optional, **(extra_body or {})}, headers)


class _Beta:
    def __init__(self, client):
        self.messages = _Messages(client, beta=True)


class Anthropic:
    def __init__(self, *, base_url="https://api.anthropic.com", timeout=None, default_headers=None):
        self.base_url = base_url
        self.timeout = timeout
        self.default_headers = default_headers or {}
        self.messages = _Messages(self, beta=False)
        self.beta = _Beta(self)

    def post(self, path, *, cast_to, body=None, content=None, stream=False, stream_cls=None):
        assert stream == (stream_cls is not None)
        assert (body is None) != (content is None)
        self.send_bytes(path, json.dumps(body, allow_nan=False).encode() if content is None else content, {})
        return [] if stream else cast_to()

    def send(self, path, body, headers):
        return self.send_bytes(path, json.dumps(body, allow_nan=False).encode(), headers)

    def send_bytes(self, path, data, headers):
        headers = {
            "content-type": "application/json",
            "authorization": f"Bearer {os.environ['ANTHROPIC_API_KEY']}",
            **self.default_headers,
            **headers,
        }
        request = urllib.request.Request(self.base_url + path, data=data, headers=headers, method="POST")
        with urllib.request.urlopen(request) as response:
            response.read()
        return types.Message()
