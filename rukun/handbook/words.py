"""The words of pages and buttons, as the rooms themselves say them: when a button is called otherwise, so is it in the handbook."""

from django.utils.translation import gettext

# what a sentence calls it: the room that says it, and what it says
WORDS: dict[str, tuple[str, str]] = {
    "heeded": ("directives", "I have read it"),
    "atensi": ("directives", "Issue an Atensi"),
    "board": ("desk", "Board"),
    "book": ("desk", "Book"),
    "bos": ("sharing", "Copy to BOS"),
    "phones": ("phone", "My phones"),
    "alerts": ("alerts", "Alerts"),
    "first": ("desk", "First day"),
    "handover": ("officers", "Hand over the work"),
    "inbox": ("desk", "Inbox"),
    "inherited": ("handover", "What I inherited"),
    "map": ("desk", "Map"),
    "month": ("sharing", "My month"),
    "nothing": ("fieldwork", "Nothing was said"),
    "notices": ("notices", "Notices"),
    "paste": ("sharing", "Paste from WhatsApp"),
    "practise": ("fieldwork", "Practise a visit"),
    "promise": ("fieldwork", "Did you promise something?"),
    "record": ("fieldwork", "Record"),
    "records": ("fieldwork", "My records"),
    "report": ("fieldwork", "Report"),
    "sheet": ("desk", "The sheet"),
    "send": ("fieldwork", "Send to the unit head"),
    "share": ("sharing", "Share on WhatsApp"),
    "today": ("desk", "Today"),
    "uncovered": ("desk", "Uncovered areas"),
    "visit": ("fieldwork", "Visit"),
}


def word(name: str) -> str:
    return gettext(WORDS[name][1])
