"""Russian."""

TEXTS = {
    "league.refresh": "🔄 Обновить",
    "league.title": "{icon} <b>{tier} лига</b> · дивизион {division}",
    "league.no_title": "🏅 <b>Лига недели</b>",
    "league.bronze": "Бронзовая",
    "league.silver": "Серебряная",
    "league.gold": "Золотая",
    "league.sapphire": "Сапфировая",
    "league.diamond": "Алмазная",
    "league.ends": "До конца: {days} д {hours} ч",
    "league.ends_soon": "До конца: {hours} ч {minutes} мин",
    "league.own": "Твоё место: <b>{rank}</b> из {players}",
    "league.up": "⬆️ {places} → {tier}",
    "league.down": "⬇️ {places} → {tier}",
    "league.moved_up": "Тебя повысили. Отлично!",
    "league.moved_down": "Тебя понизили. На этой неделе можно вернуться.",
    "league.entering": "Ты в лиге! Дивизион будет готов в течение минуты.",
    "league.outside": "Тапни хоть раз на этой неделе – и ты в лиге.",
    "league.closing": "Подводим итоги прошлой недели. Новые дивизионы будут через минуту.",
    "command.league": "Лига недели",
}
