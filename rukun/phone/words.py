"""Sentences that the scripts on the phone say; those of the screens stand in the templates."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.rules import Basis, PlaceKind, VisitKind

BANNER: dict[str, str | Promise] = {
    "all_sent": _("Everything is sent."),
    "sent_at": _("Everything is sent. Last: {at}."),
    "waiting": _("Not sent yet: {n}. They go by themselves as soon as there is a signal."),
    "waiting_long": _("Not sent for more than a day: {n}. Please look for a signal today; until then they are safe here."),
    "photos": _("Photos still to send: {n} records. The records themselves have arrived."),
    "attention_here": _("{n} need your attention; the reason stands below."), "attention": _("{n} need your attention: open “Outbox”."),
    "with_head": _("With your unit head: {n}."),
    "attention_one": _("1 needs your attention: {reason}"),
    "cleared": _("The browser has cleared this phone's memory. Nothing was unsent; what you sent is safe with rukun. Set it up again, then put rukun on your home screen so that the memory is kept."),
    "cleared_unsent": _("The browser has cleared this phone's memory. Not sent by then and gone with it: {n}. Please write them again; what was sent is safe with rukun. Set it up again, then put rukun on your home screen so that the memory is kept."),
    "captive": _("This Wi-Fi answers in place of rukun. Open its sign-in page, or use your own data. Nothing is lost."),
    "offline": _("No signal just now. Go on recording."),
    "busy": _("rukun is busy. It is tried again by itself."),
    "broken": _("rukun has trouble just now. Your records are safe here and are sent again by themselves."),
    "sign_in": _("Sign in once while there is a signal, so that the phone stays open for 72 more hours."),
    "device_revoked": _("Your unit has blocked this phone. What you recorded is kept, sealed. Speak to your unit head, then set the phone up again."),
    "device_unknown": _("rukun does not know this phone any more. What you recorded is kept. Set the phone up again to send it."),
    "account_closed": _("Your account is closed. What you recorded is kept, sealed. Speak to your unit head."),
    "schema_old": _("This app must be renewed before it can send. Close it and open it once while there is a signal. Nothing is lost."),
    "too_large": _("This record is too large to be sent. Take a photo off it, or export it."),
    "refused": _("rukun could not take this. Export it, or hand it to your unit head."),
    "full": _("This phone's memory is full. It was not kept. Delete pictures or apps you do not need, then keep it again; your text is still here."),
    "elsewhere": _("This record was kept from another window already. What you write here is kept as a new record."),
    "not_kept": _("It could not be kept. Your text is still here; try once more."),
    "evictable": _("This browser may clear its memory when the phone is full. Put rukun on your home screen."),
    "warn": _("After {at} work can no longer be read here until you sign in. Recording goes on."),
    "sealed": _("72 hours have passed since you signed in. You can record, but not read. Sign in when there is a signal; until {at} recording goes on."),
    "closing": _("Tomorrow recording stops here. Sign in before {at}."),
    "ended": _("A month has passed since you signed in. Sign in before you record again. What is unsent is still here and still goes."),
    "renewed": _("A new version is ready. It opens next time."),
}  # fmt: skip
FORMS: dict[str, str | Promise] = {
    "visit": _("Visit"), "report": _("Report"), "action": _("Action"), "problem": _("Problem"),
    "outreach_where": _("Where was the outreach, and about what?"), "needs_signal": _("This page needs a signal. What is on this phone stays readable."),
    "need_area": _("Choose where it was."), "need_day": _("Give the day and the time."),
    "day_ahead": _("This lies after now. Check day and time."), "need_said": _("Write what residents said, or choose “Nothing was said”."),
    "said_or_nothing": _("Residents said something, or nothing: choose one of the two."), "need_due": _("A promise needs a day."),
    "people_wrong": _("Between 0 and 5000 people."), "need_title": _("Say in one line what, and where."), "need_facts": _("Write what happened."),
    "need_basis": _("Choose how you know it."), "need_done": _("Choose whether it is done."), "need_note": _("Write one sentence."),
    "errors": _("Please check: {n}"),
    "outreach_notes": _("What did you talk about?"), "gps_outside": _("You stand outside your places, within about {m} m. Choose from the list."),
    "map_label": _("A drawing of my places: {n}. The list below says the same."), "you_stand": _("You stand in or near {place}, within about {m} m."),
    "no_place": _("No place begins like this. Try another word."), "no_gps": _("Where you are could not be found. Choose from the list."),
    "gps_rough": _("Within about {m} m. Choose what fits."), "code_none": _("Not sure"),
    "photo_working": _("Being made small: {n}"), "photo_large": _("This picture could not be read. Take another."), "photos_full": _("Four photos at most."),
    "photo_off": _("Take this photo off"), "photo_alt": _("Photo {n}"), "saved": _("Draft kept {at}"),
    "shared_photos": _("Photos shared: {n}. They go with the record."),
    "offer_take": _("Use these words"),
    "tap_again": _("Tap once more to delete"), "point_kept": _("Point kept, within about {m} m."),}  # fmt: skip
TRAY: dict[str, str | Promise] = {
    "queued": _("waits to be sent"), "sending_one": _("is being sent"), "sent_one": _("arrived, photos follow"),
    "shut": _("Closed under your PIN"), "mend": _("Mend it"), "go_on": _("Go on"), "export": _("Export as a file"), "hand_over": _("Hand to my unit head"),
    "as_is": _("Send it as it stands"), "take_back": _("Take back"), "delete": _("Delete"), "text": _("WhatsApp text"), "open_page": _("Open its page"),
    "offer": _("rukun offers: {text}"),     "answered_shut": _("Your unit head has answered. Open the phone to read it."), "hand_over_sure": _("Your unit head will read it. Tap once more to hand it over"),
    "handed_waits": _("waits for the unit head’s answer"), "handing_one": _("goes to the unit head"),
    "exported": _("Exported. It stays here until it is sent."), "copied": _("Copied."), "not_copied": _("Select the text and copy it."),
    "bos": _("For BOS: {title}"), "copy": _("Copy"), "send_again": _("Send the photo again"), "practice_one": _("practice"),
    "arrived": _("It has arrived."), "arrived_lead": _("What became of it stands on its page."), "conflict": _("rukun already has another text under this number."),
    "uncertain": _("This phone's clock was far off; rukun noted when it arrived."), "photo_trouble": _("The record has arrived; a photo was not taken: {reason}"),
    "photo_lost": _("Photos that this phone no longer had: {n}. The record has arrived without them; take them again on its page."),
    "on_its_way": _("It is on its way just now. Try again in a moment."), "gone_already": _("It has been sent already. Correct it on its page."),
    "replaced_note": _("rukun replaced something before keeping it."),
}  # fmt: skip
DOOR: dict[str, str | Promise] = {
    "pin_short": _("Six digits or more."), "pin_plain": _("Not a row like 123456 or 111111."), "pin_other": _("The two are not the same."),
    "pin_wrong": _("That is not the PIN. {n} tries left."),
    "pin_over": _("Ten wrong PINs. You can record, and everything is sent. To read again, two people of your unit agree and you choose a new PIN: see below. Nothing is lost."),
    "pin_lost": _("Ten wrong PINs. You can record, and everything is sent. To read again, two people of your unit agree and you set this phone up anew. What you kept goes as it stands; drafts from before can be sent or exported, but not read here any more."),
    "rescue_none": _("What was here can’t be opened any more, not even with the consent of two. Set this phone up anew; what you kept goes as it stands."),
    "reopened": _("Open again. Your drafts and all that is unsent are here."),
    "enrol_sign_in": _("Sign in first, while there is a signal. Then come back here."),
    "second_factor": _("This needs your second factor once. Open your account, then come back here."),
    "not_yours": _("Whoever is signed in in this browser is not the officer of this phone, or has no field work. Sign in as yourself."),
    "two_persons": _("Your unit head and one more person must allow this phone first."), "enrol_offline": _("Setting up needs a signal once."),
    "touch_none": _("This phone offers no fingerprint for this. The PIN serves."), "touch_added": _("From now on your fingerprint opens it, too."),
    "unsent_leave": _("Not sent yet: {n}. Please send them first; signing out would leave them here unread."),
    "handed_leave": _("With your unit head: {n}. Wait for the answer; what comes back could not be read here any more."),
    "left": _("You are signed out of this phone."), "phone_of": _("Phone of {name}"), "pin_not": _("That is not the PIN."), "pin_changed": _("The PIN is changed."),
    "persisted": _("This phone keeps rukun's memory."), "used": _("Memory used: {mb} MB."), "lease_until": _("Readable until {at}."),
}  # fmt: skip
TODAY: dict[str, str | Promise] = {
    "lead_all": _("Due: {due}. Waiting for an answer: {waiting}."), "lead_due": _("Due: {due}."), "lead_waiting": _("Waiting for an answer: {waiting}."), "lead_none": _("Nothing is due. A good day for a place not visited for long."),
    "never": _("not yet visited"), "as_of": _("As of {at}."), "locked_today": _("Open the phone to see what waits."),
    "sealed_today": _("What waits can be read again after you sign in."), "no_work": _("Nothing has come yet. It comes with the next signal."),
    "of": _("{count} of {of}"), "unsent_too": _("Besides these, on this phone and not sent yet: {n}."), "no_recap": _("Your figures come with the next signal."),
    "action_done": _("Written down as done, not sent yet."), "action_noted": _("A step further is written down, not sent yet."), "action_trouble": _("What you wrote of it needs your attention: open “Outbox”."),
    "no_actions": _("No action was given to you."), "since": _("since {when}"),
}  # fmt: skip
PROBLEMS: dict[str, str | Promise] = {
    "field_title": _("In one line"), "field_analysis": _("Why here"), "field_stage": _("Stage"), "field_severity": _("Severity"), "field_code": _("Kind"),
    "field_note": _("New about it"), "empty": _("(nothing written)"), "before": _("Before: {value}"), "undo": _("Undo"), "see": _("See it"),
    "see_or_take_back": _("See it, or take it back"), "due_when": _("due {when}"), "need_note_or_change": _("Write one sentence, or change something below."),
    "problem_shut": _("The phone is locked: what is known of this problem can be read once it is open. A line for its story can be written."),
    "problem_gone": _("This problem is not among the open ones that came with the last signal. A line for its story can still be written."),
    "stands": _("Stands now"), "came_mine": _("From you"), "came_from": _("From {officer}"), "decide": _("Decide on its page"),
    "undecided": _("Waits for a decision"), "decided_came": _("Decided: the newer version was taken."), "decided_stands": _("Decided: what stood was left."),
    "undecided_heading": _("Kept, waiting for a decision by whoever answers for the problem."),
    "undecided_lead": _("A colleague changed the same while you had no signal. Both versions are kept, nothing is lost; you need do nothing."),
    "undecided_later": _("Both versions stand here once this phone has met rukun while you are signed in."),
}  # fmt: skip
KINDS: dict[str, str | Promise] = {
    **{f"kind_{value}": label for value, label in VisitKind.choices},
    **{f"spot_{value}": label for value, label in PlaceKind.choices},
    **{f"basis_{value}": label for value, label in Basis.choices},
}
WORDS = BANNER | FORMS | TRAY | DOOR | TODAY | PROBLEMS | KINDS
