"""Russian."""

TEXTS = {
    "b.tap_more": "👆 Тап! +1",
    "b.play_here": "🎮 Играть",
    "group.title": "👆 <b>Тапаем вместе!</b>",
    "group.greeting": (
        "👋 <b>Всем привет!</b>\n\nТапайте здесь вместе: каждый тап идёт и в личный счёт, и в счёт группы. "
        "/tap вернёт кнопку, /top покажет, кто впереди."
    ),
    "group.board": "🏆 <b>Эта группа</b>",
    "group.today": "<b>Сегодня</b>: {clicks}",
    "group.ever": "<b>За всё время</b>: {clicks}",
    "group.play": "👆 Тапай вместе со всеми:",
    "command.play": "Играть",
}
