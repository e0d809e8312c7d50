"""What people do in their workspace; each is told to the app."""

from . import payloads
from .limits import objects_within
from .workspace import MEMBER


class Person:
    def __init__(self, slack, user):
        self.slack, self.user = slack, user

    @property
    def id(self):
        return self.user.id

    async def tell(self, told):
        """The Delivery."""
        return await self.slack.app.tell(told)

    # --- what they say ---

    async def command(self, channel, text, name="/paper"):
        """What its acknowledgement says is shown to them."""
        delivery = await self.tell(payloads.command(
            self.slack, self.user, channel, name, text))
        self.slack.show_acknowledged(delivery, channel, self.user)
        return delivery

    def write(self, channel, text, thread=None):
        """A message that the app is not told of."""
        return self.slack.workspace.post(
            channel, self.user.id, {"text": text, "thread_ts": thread},
            "person")

    async def mention(self, channel, text, thread=None):
        """The message; and the delivery of what it is told of."""
        message = self.write(
            channel, f"<@{self.slack.workspace.user}> {text}", thread)
        return message, await self.tell(payloads.mention(self.slack, message))

    # --- what they do to a message ---

    async def react(self, message, name):
        message.reactions.setdefault(name, []).append(self.id)
        return await self.tell(payloads.reaction(
            self.slack, self.user, message, name, "reaction_added"))

    async def unreact(self, message, name):
        message.reactions[name].remove(self.id)
        return await self.tell(payloads.reaction(
            self.slack, self.user, message, name, "reaction_removed"))

    @staticmethod
    def found(message, action_id):
        """The block that has it, and what has this action id."""
        for block in message.blocks:
            for element in objects_within(block):
                if element.get("action_id") == action_id:
                    return block, element
        raise AssertionError(f"no {action_id} in {message.blocks}")

    async def press(self, message, action_id):
        """A button."""
        block, button = self.found(message, action_id)
        assert button["type"] == "button", button
        action = {"action_id": action_id, "type": "button",
                  "text": button["text"]}
        if "value" in button:
            action["value"] = button["value"]
        return await self.tell(payloads.press(
            self.slack, self.user, message, block.get("block_id", "Qx1"),
            action))

    async def choose(self, message, action_id, value):
        """Of an overflow menu."""
        block, menu = self.found(message, action_id)
        [option] = [option for option in menu["options"]
                    if option["value"] == value]
        return await self.tell(payloads.press(
            self.slack, self.user, message, block.get("block_id", "Qx1"),
            {"action_id": action_id, "type": "overflow",
             "selected_option": option}))

    async def invite(self, channel):
        """The bot, into a channel."""
        workspace = self.slack.workspace
        channel.members.add(workspace.user)
        return await self.tell(payloads.membership(
            self.slack, workspace.user, channel, "member_joined_channel",
            self.user))

    def sees(self, channel):
        """What is shown to them alone."""
        return [message for message in channel.whispers
                if message.ephemeral_to == self.id]


def add(slack, name, role=MEMBER):
    return Person(slack, slack.workspace.add_user(name, role))
