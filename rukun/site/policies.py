"""The policies of pages that libraries bring, by the name of their URL."""

from rukun.access.policy import FOREIGN, PUBLIC, SIGNED_IN

OPEN = ("account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn", "set_language")
OWN = (
    "account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn",
    "mfa_remove_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "usersessions_list",
)  # fmt: skip

FOREIGN.update(dict.fromkeys(OPEN, (PUBLIC,)) | dict.fromkeys(OWN, (SIGNED_IN,)))
