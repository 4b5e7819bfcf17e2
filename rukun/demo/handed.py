"""What Sari's phone could not send, handed to the Kanit: one waits, one was sent back with a sentence."""

from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from rukun.demo.season import Season
from rukun.lib import clock
from rukun.phone import keys
from rukun.phone.doors import of_device
from rukun.phone.intake import Sender, prepare
from rukun.phone.models import Device, Handed
from rukun.phone.services import devices, handing, outbox


def plant(season: Season) -> None:
    """The words of the first were forgotten; those of the second tell what somebody would vote."""
    phone: list[Device] = []

    def set_up() -> None:
        key = ec.derive_private_key(season.chance.getrandbits(200) + 1, ec.SECP256R1()).public_key()
        phone.append(devices.enrol(season.actor("sari"), season.world.sari, label="HP dinas", key=keys.compact(key)))

    def hand(what: str, **body: Any) -> None:
        at = {"at": clock.now().isoformat(), "area": season.world.pasar.path}
        raw = {"id": str(season.new_id()), "kind": what, "schema": 1, "seq": Handed.objects.count() + 1, "handed": True, "body": at | body}
        _name, envelope, intake = prepare(raw, Sender(phone[0], phone[0].officer, timedelta(0), clock.now()))
        assert envelope is not None
        outbox.receive(of_device(phone[0]), phone[0], [(envelope, intake, raw)], client=clock.now())

    def without_words() -> None:
        hand("visit", kind="visit", place_kind="lapau", place="Lapau simpang", people=3, nothing_said=False)

    def sent_back() -> None:
        sentence = "Tulis apa yang disampaikan warga, atau pilih “Tidak ada yang disampaikan”."
        handing.send_back(season.actor("nofri"), Handed.objects.get(), sentence=sentence)

    def about_a_choice() -> None:
        facts = "Spanduk di simpang pasar robek dan menutup rambu. Pak Amir diduga memilih paslon nomor dua."
        hand("report", title="Spanduk robek menutup rambu", facts=facts, basis="saw", code="")

    season.plan(season.days_ago(6), 7.5, set_up)
    season.plan(season.days_ago(4), 16.0, without_words)
    season.plan(season.days_ago(3), 9.0, sent_back)
    season.plan(season.days_ago(1), 17.0, about_a_choice)
