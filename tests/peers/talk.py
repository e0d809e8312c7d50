"""A bot that hears, and people who talk to it."""

from feed import made_up_papers
from html_rules import check_message
from paperboy import account, channel
from people import answers, both, messages_of

HELLO = "Hello! I bring the day's new arXiv papers"
HELLO_CHINESE = "大家好"


class Talk:
    """The bot's login, its daemon, and a room of a person's that it is in."""

    def __init__(self, stage):
        self.stage = stage

    async def begin(self, papers=12, **settings):
        """The daemon; a first room is configured, the others invite it."""
        stage = self.stage
        self.bot = await stage.server.register(stage.name("paperboy"))
        self.owner = await stage.person(word="owner")
        lobby = await self.owner.create_room()
        self.feed = await stage.feed(made_up_papers(papers))
        self.paperboy = stage.paperboy(self.feed, [
            account(self.bot, stage.server.url, **settings),
            channel("lobby", lobby)])
        await self.paperboy.start()
        await self.paperboy.says("account works")
        return self

    def of_bot(self, *tests):
        return both(messages_of(self.bot.user_id), *tests)

    async def invited_by(self, person, **room):
        """A room that the bot has joined and greeted; its id."""
        room_id = await person.create_room(public=False,
                                           invite=[self.bot.user_id], **room)
        await person.sees(room_id, self.of_bot(), "a greeting", times=1)
        return room_id

    async def answer(self, person, room_id, say, **more):
        """The bot's reply to what the person says now."""
        asked = await person.say(room_id, say, **more)
        [event] = await person.sees(room_id, self.of_bot(answers(asked)),
                                    f'an answer to "{say}"')
        check_message(event)
        return event

    async def text(self, person, room_id, say):
        return (await self.answer(person, room_id, say))["content"]["body"]


async def talk(stage, **settings):
    return await Talk(stage).begin(**settings)
