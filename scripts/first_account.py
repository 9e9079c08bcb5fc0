"""Open the first administrator's account and print what to sign in with: ``first_account.py FEIDI``."""

from __future__ import annotations

import json
import subprocess
import sys

LOGIN = "admin"


def main(feidi: str) -> None:
    """Open the account with a made-up password that must be changed at the first sign-in."""
    words = [feidi, "user", "add", LOGIN, "--name", "系统管理员", "--role", "administrator", "--json"]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)  # noqa: S603 - ours
    account = json.loads(done.stdout)
    sys.stdout.write(f"管理员账号 {account['login']}  首次密码 {account['password']}（首次登录须修改）\n")


if __name__ == "__main__":
    main(sys.argv[1])
