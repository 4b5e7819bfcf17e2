"""What a kind of thing is called in the middle of a sentence: "7 laporan kehilangan motor"; what is sensitive only by its group."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rukun.fieldwork.rules import is_sensitive

GROUPS: dict[str, Promise] = {
    "CRM": pgettext_lazy("reports of", "crime"),
    "VUL": pgettext_lazy("reports of", "people at risk"),
    "ORD": pgettext_lazy("reports of", "disturbed order"),
    "CON": pgettext_lazy("reports of", "disputes"),
    "ELC": pgettext_lazy("reports of", "the election"),
    "CYB": pgettext_lazy("reports of", "trouble online"),
    "ENV": pgettext_lazy("reports of", "nature and roads"),
    "SVC": pgettext_lazy("reports of", "services"),
}
KINDS: dict[str, Promise] = {
    "CRM-01": pgettext_lazy("reports of", "theft"),
    "CRM-02": pgettext_lazy("reports of", "burglary"),
    "CRM-03": pgettext_lazy("reports of", "vehicles lost"),
    "CRM-04": pgettext_lazy("reports of", "robbery"),
    "CRM-05": pgettext_lazy("reports of", "assault"),
    "CRM-06": pgettext_lazy("reports of", "fraud"),
    "CRM-07": pgettext_lazy("reports of", "damage"),
    "CRM-08": pgettext_lazy("reports of", "extortion"),
    "ORD-01": pgettext_lazy("reports of", "street racing"),
    "ORD-02": pgettext_lazy("reports of", "brawls"),
    "ORD-03": pgettext_lazy("reports of", "alcohol"),
    "ORD-04": pgettext_lazy("reports of", "gambling"),
    "ORD-05": pgettext_lazy("reports of", "narcotics"),
    "ORD-06": pgettext_lazy("reports of", "indecency"),
    "ORD-07": pgettext_lazy("reports of", "noise"),
    "CON-01": pgettext_lazy("reports of", "disputes over land"),
    "CON-02": pgettext_lazy("reports of", "disputes over borders"),
    "CON-03": pgettext_lazy("reports of", "disputes between neighbours"),
    "CON-04": pgettext_lazy("reports of", "disputes in families"),
    "CON-05": pgettext_lazy("reports of", "debts"),
    "CON-07": pgettext_lazy("reports of", "conflict between groups"),
    "CON-08": pgettext_lazy("reports of", "conflict over plantations, mines or work"),
    "CON-09": pgettext_lazy("reports of", "disputes over village government"),
    "CYB-01": pgettext_lazy("reports of", "fraud online"),
    "CYB-02": pgettext_lazy("reports of", "illegal lending online"),
    "CYB-03": pgettext_lazy("reports of", "gambling online"),
    "CYB-04": pgettext_lazy("reports of", "false rumours"),
    "ENV-01": pgettext_lazy("reports of", "flood, landslide or earthquake"),
    "ENV-02": pgettext_lazy("reports of", "fire"),
    "ENV-03": pgettext_lazy("reports of", "illegal mining or logging"),
    "ENV-04": pgettext_lazy("reports of", "damaged or dark roads"),
    "SVC-01": pgettext_lazy("reports of", "public services or shortages"),
    "SVC-02": pgettext_lazy("reports of", "the neighbourhood watch"),
    "SVC-03": pgettext_lazy("reports of", "people who ask for the police"),
    "SVC-04": pgettext_lazy("reports of", "suggestions"),
}


def noun(group: str, code: str = "") -> str:
    """The everyday word; nothing where all kinds are meant together."""
    if code and not is_sensitive(code) and code in KINDS:
        return str(KINDS[code])
    return str(GROUPS.get(group, ""))
