"""Russian."""

_RULES = (
    "❓ <b>Как это работает</b>\n\nКаждый тап считается один раз, здесь или в приложении. "
    "Побеждает тот, у кого их больше.\n"
)
_COMMANDS = (
    "/start – домой\n/tap – тапать здесь\n/top – рейтинг\n/league – лига недели\n"
    "/faction – твоя фракция\n/rally – тапаем вместе\n/duel – 30 секунд на двоих\n"
    "/raid – налёт на чужой бизнес\n/heist – ответь первым\n"
    "/profile – имя и место\n/invite – твоя ссылка\n/inbox – что нового\n/settings – язык, уведомления\n"
    "/privacy – твои данные\n/cancel – отмена"
)

TEXTS = {
    "b.tap": "👆 Тапать",
    "b.resume": "▶️ Продолжить",
    "b.board": "🏆 Рейтинг",
    "b.profile": "👤 Профиль",
    "b.invite": "🤝 Пригласить",
    "b.settings": "⚙️ Настройки",
    "b.help": "❓ Помощь",
    "b.rename": "✏️ Сменить имя",
    "home.hello": "👋 Привет, <b>{name}</b>!",
    "home.own": "Твои тапы: <b>{clicks}</b>",
    "home.place": "Место <b>{rank}</b> · уровень <b>{level}</b>",
    "home.goal": {
        "one": "🎯 Ещё {count} тап до {goal}",
        "few": "🎯 Ещё {count} тапа до {goal}",
        "many": "🎯 Ещё {count} тапов до {goal}",
        "other": "🎯 Ещё {count} тапа до {goal}",
    },
    "home.top": "🏆 <b>Топ-3</b>",
    "home.play_at": "Игра здесь: {url}",
    "home.unknown": "🤷 Не понимаю. Попробуй одну из кнопок.",
    "home.cancelled": "Хорошо, отменили.",
    "home.nothing": "Отменять нечего.",
    "milestone.reached": {
        "one": "🎉 <b>{count} тап!</b>\n\nНовый рубеж взят. Вперёд, к следующему!",
        "few": "🎉 <b>{count} тапа!</b>\n\nНовый рубеж взят. Вперёд, к следующему!",
        "many": "🎉 <b>{count} тапов!</b>\n\nНовый рубеж взят. Вперёд, к следующему!",
        "other": "🎉 <b>{count} тапа!</b>\n\nНовый рубеж взят. Вперёд, к следующему!",
    },
    "tap.title": "👆 <b>Тапай!</b>",
    "tap.counted": "+1 → {clicks}",
    "tap.too_fast": "Слишком быстро: этот тап не засчитан",
    "tap.paused": "⏸ <b>Пауза</b>",
    "tap.resumed": "Поехали!",
    "profile.title": "👤 <b>{name}</b>",
    "profile.body": "Тапы: <b>{clicks}</b>\nМесто: <b>{rank}</b>\nПриглашено: <b>{invited}</b>",
    "help.body": {
        "one": _RULES + "Засчитывается не больше {count} тапа в секунду.\n\n" + _COMMANDS,
        "other": _RULES + "Засчитывается не больше {count} тапов в секунду.\n\n" + _COMMANDS,
    },
    "group.private": "🤫 Твои монеты касаются только тебя. Давай поговорим наедине:",
    "group.elsewhere": "🤝 Во фракции и налёты играют в личном чате. Давай поговорим там:",
    "inline.title": "Мой счёт: {clicks}",
    "inline.description": "Отправить свой результат",
    "inline.card": {
        "one": "🏆 <b>{name}</b>: <b>{count}</b> тап, место <b>{rank}</b>. Сможешь больше?",
        "few": "🏆 <b>{name}</b>: <b>{count}</b> тапа, место <b>{rank}</b>. Сможешь больше?",
        "many": "🏆 <b>{name}</b>: <b>{count}</b> тапов, место <b>{rank}</b>. Сможешь больше?",
        "other": "🏆 <b>{name}</b>: <b>{count}</b> тапа, место <b>{rank}</b>. Сможешь больше?",
    },
    "inline.card_new": "🏆 <b>{name}</b> начинает тапать. Присоединяйся!",
    "error.refused": "Не получилось. Попробуй ещё раз.",
    "banned.title": "⛔ <b>Твой аккаунт заблокирован</b>",
    "banned.contact": "Тапы не засчитываются. Если это ошибка, напиши {contact}.",
    "banned.no_contact": "Тапы не засчитываются. Если это ошибка, напиши тем, кто ведёт этого бота.",
    "banned.toast": "Твой аккаунт заблокирован: тапы не засчитываются.",
    "about.description": "Игра-тапалка: каждый тап считается ровно один раз, и твой, и чужой. Нажми START и играй.",
    "about.short": "Игра-тапалка, где каждый тап на счету.",
    "command.tap": "Тапать прямо в чате",
    "command.profile": "Имя и место",
    "command.help": "Как это работает",
    "command.cancel": "Отмена",
    "menu": "Играть",
}
