"""The Mini App inside a Telegram client: a page that frames it and speaks Telegram's web events."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from e2e.miniapp.driver import DEADLINE_S, Player, holds, show
from playwright.sync_api import Browser, Frame

NewPlayer = Callable[..., Player]

NIGHT = {"bg_color": "#17212b", "secondary_bg_color": "#232e3c", "text_color": "#f5f5f5", "button_color": "#5288c1"}
DAY = {"bg_color": "#ffffff", "secondary_bg_color": "#efeff3", "text_color": "#000000", "button_color": "#2481cc"}

_HOST = """<!doctype html><title>A Telegram client</title><style>
html,body,iframe {{ margin:0; width:100%; height:100% }}
iframe {{ border: 0; position: fixed }}</style><iframe src="{url}"></iframe><script>
const received = window.received = [], cloud = window.cloud = {cloud};
const app = () => document.querySelector("iframe").contentWindow;
window.dispatch = (eventType, eventData) => app().postMessage(JSON.stringify({{ eventType, eventData }}), "*");
const invoke = {{
  saveStorageValue: ({{ key, value }}) => (cloud[key] = value, true),
  getStorageKeys: () => Object.keys(cloud),
  getStorageValues: ({{ keys }}) => Object.fromEntries(keys.map((key) => [key, cloud[key] ?? ""])),
  deleteStorageValues: ({{ keys }}) => (keys.forEach((key) => delete cloud[key]), true),
}};
addEventListener("message", ({{ data, source }}) => {{
  if (source !== app() || typeof data !== "string") return;
  const {{ eventType, eventData }} = JSON.parse(data);
  received.push([eventType, eventData]);
  if (eventType === "web_app_invoke_custom_method") {{
    const {{ req_id, method, params }} = eventData;
    dispatch("custom_method_invoked", {{ req_id, result: invoke[method](params) }});
  }}
}});
</script>"""


class Client:
    """The framing page."""

    def __init__(self, player: Player, cloud: dict[str, str] | None = None, platform: str = "weba") -> None:
        self.player, self.page = player, player.page
        url = html.escape(player.launch_url(player.init_data(), DAY, platform))
        body = _HOST.format(url=url, cloud=json.dumps(cloud or {}))
        at = f"{player.game.url}/client-of-the-test"
        self.page.route(at, lambda route: route.fulfill(body=body, content_type="text/html"))
        self.page.goto(at)
        self.app.wait_for_selector("[data-testid=status][data-status=online]")

    @property
    def app(self) -> Frame:
        return self.page.frames[1]

    def received(self, event: str) -> list[Any]:
        """The data of each event of this type so far."""
        return [data for name, data in self.page.evaluate("received") if name == event]

    def dispatch(self, event: str, data: object = None) -> None:
        self.page.evaluate("([event, data]) => dispatch(event, data)", [event, data])

    def cloud(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate("cloud")
        return found

    def until(self, probe: Callable[[], bool], what: str) -> None:
        deadline_s = time.monotonic() + DEADLINE_S
        while not holds(probe):
            assert time.monotonic() < deadline_s, f"no {what}; received {self.page.evaluate('received')}"
            self.page.wait_for_timeout(100)

    def tap(self) -> None:
        self.app.click("[data-testid=tap]", position={"x": 120, "y": 110})


@pytest.fixture
def client(new_player: NewPlayer) -> Client:
    return Client(new_player())


def test_it_says_that_it_is_ready_and_keeps_swipes_to_itself(client: Client) -> None:
    client.until(lambda: client.received("web_app_setup_settings_button") != [], "its first words")
    assert len(client.received("web_app_ready")) == 1
    assert client.received("web_app_setup_swipe_behavior") == [{"allow_vertical_swipe": False}]
    assert client.received("web_app_setup_settings_button") == [{"is_visible": True}]


def test_colours_follow_the_client_live(client: Client) -> None:
    def scheme() -> str | None:
        return client.app.evaluate("document.documentElement.dataset.scheme")  # type: ignore[no-any-return]

    assert scheme() == "light"
    client.dispatch("theme_changed", {"theme_params": NIGHT})
    client.until(lambda: scheme() == "dark", "dark scheme")
    ground = client.app.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(35, 46, 60)"


def test_back_and_settings_buttons_move_between_tabs(client: Client) -> None:
    client.until(lambda: client.received("web_app_setup_back_button") == [{"is_visible": False}], "no back button")
    client.dispatch("settings_button_pressed")
    client.app.wait_for_selector("[data-testid=profile]")
    client.until(lambda: client.received("web_app_setup_back_button")[-1]["is_visible"], "a back button")
    client.dispatch("back_button_pressed")
    client.app.wait_for_selector("[data-testid=profile]", state="detached")
    client.until(lambda: not client.received("web_app_setup_back_button")[-1]["is_visible"], "no back button")


NO_CLICKS = """const given = window.fetch;
window.fetch = (request) => request.url.endsWith("/clicks") ? Promise.reject(new TypeError()) : given(request);"""
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } });"


def test_closing_asks_for_no_taps_that_the_device_keeps(new_player: NewPlayer) -> None:
    player = new_player()
    player.page.add_init_script(NO_CLICKS)
    client = Client(player)
    client.tap()
    client.until(lambda: client.cloud() != {}, "a copy of the unsent tap")
    assert client.received("web_app_setup_closing_behavior") == [{"need_confirmation": False}]


def test_closing_asks_while_unsent_taps_are_kept_nowhere(new_player: NewPlayer) -> None:
    player = new_player()
    player.page.add_init_script(NO_STORAGE)
    client = Client(player)
    client.tap()
    wanted = [{"need_confirmation": False}, {"need_confirmation": True}, {"need_confirmation": False}]
    client.until(lambda: client.received("web_app_setup_closing_behavior") == wanted, "confirmation on and off")


def test_each_tap_is_felt_until_switched_off(client: Client) -> None:
    client.tap()
    felt = [{"type": "impact", "impact_style": "light"}]
    client.until(lambda: client.received("web_app_trigger_haptic_feedback") == felt, "a light impact")
    client.app.click("[data-testid=tab-profile]")
    client.app.click("[data-testid=setting-haptics]")
    client.app.click("[data-testid=tab-play]")
    client.tap()
    assert len(client.received("web_app_trigger_haptic_feedback")) == 1


def test_deactivated_sends_at_once(client: Client) -> None:
    with client.page.expect_request("**/clicks"):
        client.tap()
        client.dispatch("visibility_changed", {"is_visible": False})


def test_the_home_screen_is_offered_where_it_lacks_the_game(client: Client) -> None:
    client.dispatch("home_screen_checked", {"status": "missed"})
    client.app.click("[data-testid=tab-profile]")
    client.app.get_by_text("Add to the home screen").click()
    client.until(lambda: len(client.received("web_app_add_to_home_screen")) == 1, "the request")
    client.dispatch("home_screen_added")
    client.until(lambda: client.app.get_by_text("Add to the home screen").count() == 0, "the offer gone")


def test_a_client_that_can_not_share_messages_gets_the_link(client: Client) -> None:
    show(client.app, "friends")
    client.app.click("[data-testid=invite]")
    # This game's local Telegram does not know the test's player, so it prepares no message.
    client.until(lambda: len(client.received("web_app_open_tg_link")) == 1, "Telegram's own picker")
    shared = parse_qs(client.received("web_app_open_tg_link")[0]["path_full"].partition("?")[2])
    assert shared["url"][0].startswith("https://t.me/tapstack_local_bot?startapp=ref_")
    assert client.received("web_app_send_prepared_message") == []
    client.app.wait_for_selector("[data-testid=invite]:enabled")


def test_unsent_taps_are_backed_up_and_any_device_can_upload_them(new_player: NewPlayer, browser: Browser) -> None:
    lost = new_player()
    lost.page.add_init_script(NO_CLICKS)  # None of its taps ever arrive, not even when it closes.
    client = Client(lost)
    for _ in range(6):
        client.tap()
    client.until(lambda: len(client.cloud()) == 1, "a copy in the cloud")
    cloud = client.cloud()
    client.page.close()
    copied = json.loads(next(iter(cloud.values())))["taps"]
    assert 1 <= copied <= 6
    assert lost.server_clicks() == 0

    another_phone = browser.new_context()
    other = Client(new_player(another_phone, lost.id), cloud)
    other.until(lambda: lost.server_clicks() == copied, "the copied taps at the server")
    other.until(lambda: other.cloud() == {}, "the copy gone")
    another_phone.close()

    # The first device returns with all of its taps: none of them counts twice.
    again = new_player(telegram_id=lost.id).open()
    again.wait_server(6)


def test_an_own_launch_survives_a_reload(client: Client) -> None:
    client.dispatch("reload_iframe")
    client.until(lambda: len(client.received("web_app_ready")) == 2, "the page again")
    client.app.wait_for_selector("[data-testid=status][data-status=online]")
    assert client.received("iframe_will_reload") == [{}]
