"""The chat page in a real browser, with a tiny bot behind a real webhook."""

import pytest
from playwright.sync_api import Page, expect

from telegram_local.testing import LocalTelegram


def _write(page: Page, text: str) -> None:
    page.fill("#input", text)
    page.press("#input", "Enter")


def _start(page: Page, parameter: str = "") -> None:
    if parameter:
        page.fill("#deep-link-text", f"?start={parameter}")
        page.press("#deep-link-text", "Enter")
    page.get_by_role("button", name="START", exact=True).click()
    expect(page.locator("#messages").get_by_text("0 clicks")).to_be_visible()


def test_new_chat_shows_the_description_and_start_carries_the_deep_link(page: Page) -> None:
    expect(page.get_by_text("Tap with the whole world.")).to_be_visible()
    _start(page, "ref_abc")
    log = page.locator("#messages")
    expect(log.get_by_text("/start ref_abc")).to_be_visible()
    expect(log.get_by_text("Invited by ref_abc")).to_be_visible()
    expect(log.locator("b", has_text="0 clicks")).to_be_visible()


def test_pressed_button_shows_a_toast_and_the_edit(page: Page) -> None:
    _start(page)
    page.get_by_role("button", name="Tap!").click()
    expect(page.locator(".toast")).to_have_text("+1 (1)")
    message = page.locator("article.theirs")
    expect(message).to_contain_text("1 clicks")
    expect(message).to_contain_text("edited")
    expect(message.locator(".waiting")).to_have_count(0)


def test_next_toast_takes_the_place_of_the_one_before(page: Page) -> None:
    """As in Telegram: many quick taps pile nothing up."""
    _start(page)
    page.evaluate(
        """() => {
          window.most = 0;
          new MutationObserver(() => {
            window.most = Math.max(window.most, document.querySelectorAll(".toast").length);
          }).observe(document.getElementById("toasts"), { childList: true });
        }"""
    )
    for count in range(1, 4):
        page.get_by_role("button", name="Tap!").click()
        expect(page.locator(".toast")).to_have_text(f"+1 ({count})")
    assert page.evaluate("window.most") == 1


def test_alert_is_a_window(page: Page) -> None:
    _start(page)
    page.get_by_role("button", name="Rules").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Be fair.")
    dialog.get_by_role("button", name="OK").click()
    expect(dialog).to_have_count(0)


def test_forced_reply_asks_with_a_placeholder_and_is_answered_as_a_reply(page: Page) -> None:
    _start(page)
    page.fill("#input", "/na")
    page.get_by_role("option", name="/name").click()
    expect(page.get_by_placeholder("3-20 letters")).to_be_focused()
    _write(page, "ada_<b>")
    mine = page.locator("article.mine").last
    expect(mine.locator(".quote")).to_contain_text("Your username?")
    expect(page.locator("article.theirs").last).to_contain_text("Echo: ada_<b>")
    expect(page.get_by_placeholder("Message")).to_be_visible()


def test_reply_keyboard_writes_its_text(page: Page) -> None:
    _start(page)
    _write(page, "/keys")
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator("article.theirs").last).to_contain_text("Echo: Yes")


def test_commands_follow_the_users_language(page: Page) -> None:
    page.click("#me")
    page.get_by_role("button", name="Sofya Kovalevskaya").click()
    _start(page)
    page.get_by_role("button", name="Commands").click()
    expect(page.get_by_role("option")).to_contain_text(["Домой"])


def test_inline_results_are_shared_with_another_person(page: Page, telegram: LocalTelegram) -> None:
    _start(page)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("dialog").get_by_role("button", name="Grace Hopper").click()
    expect(page.locator("#input")).to_have_value("@local_bot score")
    page.get_by_role("option", name="My score").click()
    expect(page.locator("article.mine")).to_contain_text("My score: 42")
    expect(page.locator("article.mine")).to_contain_text("via @local_bot")
    grace = telegram.user(5000000002, first_name="Grace")
    ada = telegram.user(5000000001, first_name="Ada")
    assert grace.messages(ada.dialog(grace))[0].text == "My score: 42"


def test_message_that_arrives_while_the_page_is_open_is_shown(page: Page, telegram: LocalTelegram) -> None:
    _start(page)
    telegram.call("sendChatAction", chat_id=5000000001, action="typing")
    expect(page.locator("#chat-detail")).to_have_text("typing…")
    telegram.call("sendMessage", chat_id=5000000001, text="<i>News</i>", parse_mode="HTML")
    expect(page.locator("#messages i", has_text="News")).to_be_visible()
    expect(page.locator("#chat-detail")).to_have_text("bot")


def test_chats_are_still_there_after_a_reload(page: Page) -> None:
    _start(page)
    page.reload()
    expect(page.locator("#messages").get_by_text("0 clicks")).to_be_visible()
    expect(page.get_by_role("button", name="START", exact=True)).to_have_count(0)


@pytest.fixture
def app(page: Page) -> Page:
    """The page with the toy Mini App open, from its menu button."""
    _start(page)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Launch").click()
    expect(page.get_by_role("button", name="TAP", exact=True)).to_be_visible()
    return page


def test_mini_app_gets_signed_data_and_telegrams_events(app: Page) -> None:
    toy = app.frame_locator("iframe")
    expect(toy.locator("#user")).to_contain_text('"first_name":"Ada"')
    heard = toy.locator("#heard")
    for event in ("theme_changed", "viewport_changed", "safe_area_changed", "home_screen_checked"):
        expect(heard).to_contain_text(event)
    app.get_by_role("button", name="TAP", exact=True).click()
    expect(heard).to_contain_text("main_button_pressed")
    app.get_by_role("button", name="Back", exact=True).click()
    expect(heard).to_contain_text("back_button_pressed")
    toy.locator("#haptic").click()
    expect(app.locator(".haptic")).to_have_text("heavy")
    app.click("#theme")
    expect(heard).to_contain_text('"bg_color":"#212121"')


def test_mini_app_popup_storage_fullscreen_and_visibility(app: Page) -> None:
    toy = app.frame_locator("iframe")
    heard = toy.locator("#heard")
    toy.locator("#popup").click()
    app.get_by_role("dialog").get_by_role("button", name="Reset").click()
    expect(heard).to_contain_text('popup_closed {"button_id":"yes"}')
    toy.locator("#store").click()
    expect(heard).to_contain_text('custom_method_invoked {"req_id":"2","result":{"taps":"7"}}')
    app.get_by_role("button", name="Minimize").click()
    expect(heard).to_contain_text('visibility_changed {"is_visible":false}')
    app.get_by_role("button", name="Restore").click()
    expect(heard).to_contain_text('visibility_changed {"is_visible":true}')
    toy.locator("#fullscreen").click()
    expect(heard).to_contain_text('fullscreen_changed {"is_fullscreen":true}')
    toy.locator("#close").click()
    expect(app.locator("#app")).to_be_hidden()


def test_fullscreen_can_be_left_by_the_menu(app: Page) -> None:
    toy = app.frame_locator("iframe")
    toy.locator("#fullscreen").click()
    app.get_by_role("button", name="Mini App menu").click()
    app.get_by_role("menuitem", name="Leave fullscreen").click()
    expect(toy.locator("#heard")).to_contain_text('fullscreen_changed {"is_fullscreen":false}')
    app.get_by_role("button", name="Mini App menu").click()
    app.get_by_role("menuitem", name="Settings").click()
    expect(toy.locator("#heard")).to_contain_text("settings_button_pressed")


def test_formatting_is_shown_and_markup_in_names_is_not(page: Page, telegram: LocalTelegram) -> None:
    _start(page)
    text = (
        "<b>Top <i>3</i></b>\n<pre>1 ada</pre>\n<blockquote>Tap <tg-spoiler>more</tg-spoiler></blockquote>"
        '<a href="https://example.org/">link</a> <code>x</code> 🙂 &lt;b&gt;&amp;'
    )
    telegram.call("sendMessage", chat_id=5000000001, text=text, parse_mode="HTML")
    shown = page.locator("article.theirs .text").last
    expect(shown.locator("b > i")).to_have_text("3")
    expect(shown.locator("pre")).to_have_text("1 ada")
    expect(shown.locator("blockquote .spoiler")).to_have_text("more")
    expect(shown.locator("a")).to_have_attribute("href", "https://example.org/")
    expect(shown).to_contain_text("🙂 <b>&")


def test_group_can_be_made_and_upgraded(page: Page) -> None:
    _start(page)
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="New group").click()
    expect(page.locator("#messages")).to_contain_text("created the group")
    page.get_by_role("button", name="Chat menu").click()
    page.get_by_role("menuitem", name="Upgrade").click()
    expect(page.locator("#messages")).to_contain_text("now a supergroup")


def test_blocked_bot_is_restarted_by_a_button(page: Page) -> None:
    _start(page)
    page.get_by_role("button", name="Chat menu").click()
    page.get_by_role("menuitem", name="Stop and block bot").click()
    page.get_by_role("button", name="RESTART").click()
    expect(page.locator("article.mine")).to_have_count(2)
    expect(page.get_by_placeholder("Message")).to_be_visible()


def test_deep_link_to_the_mini_app_carries_its_start_parameter(page: Page) -> None:
    page.fill("#deep-link-text", "https://t.me/local_bot?startapp=ref_xyz")
    page.press("#deep-link-text", "Enter")
    page.get_by_role("button", name="Launch").click()
    toy = page.frame_locator("iframe")
    expect(toy.locator("#start")).to_have_text("start_param: ref_xyz")


def test_phone_shows_one_thing_at_a_time(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _start(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".send").bounding_box()["x"] < 340  # type: ignore[index]
    page.get_by_role("button", name="Back to the chats").click()
    expect(page.locator("#chat-list")).to_be_visible()
    expect(page.locator("#input")).to_be_hidden()
    page.locator(".chat-entry").click()
    page.get_by_role("button", name="Open the app").click()
    page.get_by_role("button", name="Launch").click()
    heard = page.frame_locator("iframe").locator("#heard")
    expect(heard).to_contain_text('"is_expanded":false')
