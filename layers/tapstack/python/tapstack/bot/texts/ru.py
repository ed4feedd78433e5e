"""Russian."""

TEXTS = {
    "b.tap": "👆 Тапать",
    "b.tap_more": "👆 Тап! +1",
    "b.resume": "▶️ Продолжить",
    "b.board": "🏆 Рейтинг",
    "b.profile": "👤 Профиль",
    "b.invite": "🤝 Пригласить",
    "b.settings": "⚙️ Настройки",
    "b.help": "❓ Помощь",
    "b.rename": "✏️ Сменить имя",
    "b.play_here": "🎮 Играть",
    "home.hello": "👋 Привет, <b>{name}</b>!",
    "home.own": "Твои клики: <b>{clicks}</b>",
    "home.top": "🏆 <b>Топ-20</b>",
    "home.play_at": "Игра здесь: {url}",
    "home.unknown": "Я не понял. Вот всё, что я умею:",
    "home.cancelled": "Хорошо, не будем.",
    "home.nothing": "Отменять было нечего.",
    "tap.title": "👆 <b>Тапай!</b>",
    "tap.counted": "+1 → {clicks}",
    "tap.too_fast": "Слишком быстро: этот тап не засчитан",
    "tap.paused": "⏸ <b>Пауза</b>",
    "tap.resumed": "Поехали!",
    "profile.title": "👤 <b>{name}</b>",
    "profile.body": "Клики: <b>{clicks}</b>\nМесто: <b>{rank}</b>\nПриглашено: <b>{invited}</b>",
    "help.body": (
        "❓ <b>Как это работает</b>\n\nКаждый тап – один клик, здесь или в игре. Побеждает тот, у кого их больше.\n"
        "Засчитывается не больше {per_s} тапов в секунду.\n\n"
        "/start – домой\n/tap – тапать здесь\n/top – рейтинг\n/league – лига недели\n/profile – имя и место\n"
        "/invite – твоя ссылка\n/settings – язык, уведомления\n/privacy – твои данные\n/cancel – отменить вопрос"
    ),
    "group.play": "👆 Тапай вместе со всеми:",
    "inline.title": "Мой счёт: {clicks}",
    "inline.description": "Поделиться карточкой",
    "inline.card": "🏆 <b>{name}</b>: кликов <b>{clicks}</b>, место <b>{rank}</b>. Сможешь больше?",
    "inline.card_new": "🏆 <b>{name}</b> начинает тапать. Присоединяйся!",
    "error.refused": "Не получилось: {reason}",
    "error.banned": "Этот аккаунт заблокирован.",
    "about.description": "Игра-тапалка: каждый тап считается ровно один раз. Нажми START и играй.",
    "about.short": "Игра-тапалка, где каждый тап на счету.",
    "command.tap": "Тапать прямо в чате",
    "command.profile": "Имя и место",
    "command.help": "Как это работает",
    "command.cancel": "Отменить вопрос",
    "command.play": "Играть",
    "menu": "Играть",
}
