import pytest

from telegram_local.errors import TooManyRequests
from telegram_local.limits import Limiter
from telegram_local.settings import Limits


def _sent_in(limiter: Limiter, chats: list[int], seconds: float, per_s: int, *, private: bool = True) -> int:
    sent = 0
    for step in range(int(seconds * per_s)):
        try:
            limiter.spend(chats[step % len(chats)], private=private, now=1000 + step / per_s)
        except TooManyRequests:
            continue
        sent += 1
    return sent


def test_bot_never_more_than_30_in_any_second() -> None:
    limiter = Limiter(Limits())
    assert _sent_in(limiter, list(range(1, 1001)), 10, 1000) == 300


def test_bot_at_exactly_its_limit_is_never_refused() -> None:
    limiter = Limiter(Limits())
    for number in range(300):
        limiter.spend(number + 1, private=True, now=1000 + number / 30)


def test_private_chat_bursts_then_one_a_second() -> None:
    limiter = Limiter(Limits())
    assert _sent_in(limiter, [7], 10, 100) == 3 + 9


def test_private_chat_with_a_burst_of_one_is_strict() -> None:
    limiter = Limiter(Limits(private_burst=1))
    for second in range(20):
        limiter.spend(7, private=True, now=1000.0 + second)
        with pytest.raises(TooManyRequests):
            limiter.spend(7, private=True, now=1000.5 + second)


def test_group_20_a_minute_and_says_when_to_come_back() -> None:
    limiter = Limiter(Limits())
    for number in range(20):
        limiter.spend(-5, private=False, now=1000.0 + number)
    with pytest.raises(TooManyRequests) as refused:
        limiter.spend(-5, private=False, now=1020.0)
    assert refused.value.body() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 40",
        "parameters": {"retry_after": 40},
    }
    limiter.spend(-5, private=False, now=1060.0)


def test_refused_message_costs_nothing() -> None:
    limiter = Limiter(Limits(private_burst=1))
    limiter.spend(7, private=True, now=1000.0)
    for _ in range(50):
        with pytest.raises(TooManyRequests):
            limiter.spend(7, private=True, now=1000.1)
    for chat in range(100, 129):
        limiter.spend(chat, private=True, now=1000.2)
    limiter.spend(7, private=True, now=1001.0)
