"""The shared code of every Tapstack function: rules, services, stores, HTTP and Telegram."""
