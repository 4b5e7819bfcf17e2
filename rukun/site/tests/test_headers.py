"""What every answer of a real house carries, whatever the page; and that Django warns of nothing there."""

import json
import os
import subprocess
import sys


def test_every_page_of_a_real_house_carries_its_headers_and_host_cookies_alone(tmp_path):
    house = {
        "DJANGO_SETTINGS_MODULE": "rukun.site.settings", "RUKUN_DATA": str(tmp_path), "RUKUN_HTTPS": "1", "RUKUN_HOSTS": "rukun.contoh.go.id",
        "PATH": os.environ["PATH"],
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "rukun.site.tests.headers"], env=house, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["pages"] > 30
    assert (found["bare"], found["loose"], found["warnings"]) == ([], [], [])
    assert found["cookies"] and all(name.startswith("__Host-") and secure and same == "Lax" for name, secure, same in found["cookies"])
