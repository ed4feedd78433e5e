"""The economy in the chat: wallet, shop, bag and crates."""
