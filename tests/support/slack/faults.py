"""What goes wrong on order: each fault is met by the next call of its name.

A name is a method of the Web API, "webhook" or "response_url".
"""

import asyncio

from aiohttp import web

from .refusal import Refusal


class Fault:
    """drop: "request", which is then not done, or "answer".  late: the answer
    comes after so many seconds.  status: instead of the answer, after it was
    done or, with undone, not done.  error: Slack's word for it."""

    def __init__(self, drop=None, late=0, status=None, undone=False, error=None,
                 **more):
        self.drop, self.late, self.status = drop, late, status
        self.undone, self.error, self.more = undone, error, more


class Faults:
    def __init__(self):
        self.waiting = {}
        # Told of every call before it is done and before it is answered, by
        # name; False: there the connection breaks.
        self.at_asked = self.at_answered = lambda name: True

    def add(self, name, times=1, **fault):
        self.waiting.setdefault(name, []).extend([Fault(**fault)] * times)

    def clear(self):
        self.waiting.clear()

    async def meet(self, name, request, act):
        """The answer of act(), or what stands in its place."""
        waiting = self.waiting.get(name)
        fault = waiting.pop(0) if waiting else Fault()
        if fault.drop == "request" or not self.at_asked(name):
            return hang_up(request)
        if fault.error:
            raise Refusal(fault.error, fault.status or 400, **fault.more)
        if fault.undone:
            return broken(request, fault.status)
        answer = await act()
        await asyncio.sleep(fault.late)
        if fault.drop == "answer" or not self.at_answered(name):
            return hang_up(request)
        return broken(request, fault.status) if fault.status else answer


def hang_up(request):
    """Without a word."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError


def broken(request, status):
    """A gateway's page."""
    return web.Response(status=status, text="<html>Server Error</html>",
                        content_type="text/html")
