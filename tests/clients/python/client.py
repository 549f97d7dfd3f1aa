"""A client of Roundtable in Python, with nothing but the standard library.

    python3 client.py http://127.0.0.1:8080/graphql TOKEN

It says who you are, reads all boards page by page, shows one board with its members, and changes its purpose twice, the
second time with a version that is out of date on purpose, to show what to do about a CONFLICT.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

ATTEMPTS = 4
TIMEOUT_SECONDS = 10
BUSY = (429, 503)

# All operations are sent as one document, with the name of the one that is meant.
OPERATIONS = (Path(__file__).parent.parent / "operations.graphql").read_text(encoding="utf-8")


class ApiError(Exception):
    """The API said no to the whole request: `code` is stable, the message is for people, `request_id` is for support."""

    def __init__(self, code: str, message: str, request_id: str | None) -> None:
        super().__init__(f"{code}: {message} (request {request_id})")
        self.code = code


class Roundtable:
    """A connection to one server, as one person or computer system; without a token, as the public."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self.headers = {"Content-Type": "application/json", "Accept": "application/graphql-response+json, application/json;q=0.9"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def send(self, operation: str, **variables: object) -> dict:
        """The data of an answer. A server that is busy says when to come back."""
        body = json.dumps({"query": OPERATIONS, "operationName": operation, "variables": variables}).encode()
        request = urllib.request.Request(self.url, body, self.headers)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                response = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)
            except urllib.error.HTTPError as error:
                # An answer with another status is an answer, too: it says what is wrong.
                response = error
            with response:
                if response.status in BUSY and attempt < ATTEMPTS:
                    time.sleep(float(response.headers.get("Retry-After") or 2**attempt))
                    continue
                answer, request_id = json.load(response), response.headers.get("X-Request-Id")
            if answer.get("data") and not answer.get("errors"):
                return answer["data"]
            error = (answer.get("errors") or [{"message": "an answer without data"}])[0]
            raise ApiError(error.get("extensions", {}).get("code", "UNKNOWN"), error["message"], request_id)
        raise TimeoutError("the server is too busy")

    def boards(self, page_size: int = 25) -> Iterator[dict]:
        """Every board you may see, read a page at a time."""
        after = None
        while True:
            page = self.send("BoardsPage", first=page_size, after=after)["boards"]
            yield from page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def update_board(self, board: dict, change: Callable[[dict], dict]) -> dict:
        """Changes a board that you have read. When somebody else was faster, the API says CONFLICT and shows the board as it
        is now: `change` is asked again with that, so nobody's work is overwritten unseen."""
        for _ in range(ATTEMPTS):
            # Safe to repeat: a version is used up by the first change that names it.
            changed = {"id": board["id"], "expectedVersion": board["version"], **change(board)}
            answer = self.send("BoardUpdate", input=changed)["boardUpdate"]
            now, errors = answer["board"], answer["userErrors"]
            if now and not errors:
                return now
            if not now or any(error["code"] != "CONFLICT" for error in errors):
                raise ValueError("\n".join(f"{'.'.join(error['path'])}: {error['message']}" for error in errors))
            print(f"CONFLICT: version {board['version']} is out of date, the board is at {now['version']}; trying again")
            board = now
        raise TimeoutError("too many people are changing this board")


def main(url: str = "http://127.0.0.1:8080/graphql", token: str | None = None) -> None:
    api = Roundtable(url, token)
    viewer = api.send("Viewer")["viewer"]
    person = viewer["person"] or {"displayName": "the public"}
    print(f"You are {person['displayName']}")
    boards = list(api.boards(page_size=2))
    print(f"{len(boards)} boards: {', '.join(board['name'] for board in boards)}")
    chaired = [grant["scopeId"] for grant in viewer["grants"] if (grant["role"], grant["scopeType"]) == ("CHAIR", "BOARD")]
    chosen = [*chaired, *(board["id"] for board in boards)]
    board = api.send("BoardWithMembers", id=chosen[0])["board"] if chosen else None
    if not board:
        # Null means that there is none or that you may not see it: the API does not tell the two apart.
        print("There is no board to look at")
        return
    host = board["hostOrganisation"] or {"name": "an organisation you may not see"}
    print(f"{board['name']}, version {board['version']}, hosted by {host['name']}")
    for member in board["memberships"]["nodes"]:
        person = member["person"] or {"displayName": "somebody who is not named"}
        seat = member["seat"] or {"label": "no seat"}
        print(f"  {person['displayName']}: {seat['label']}, {member['stage']}")
    if token:
        renewed = api.update_board(board, lambda now: {"purpose": now["purpose"] or "To decide together"})
        print(f"Changed: version {renewed['version']}")
        again = api.update_board(board, lambda now: {"purpose": now["purpose"]})
        print(f"Changed: version {again['version']}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (ApiError, ValueError, OSError) as error:
        sys.exit(str(error))
