-- What is kept of who signs in, for a single node only: the first key names the others.
--
-- KEYS  1 whose the Telegram account is
-- ARGV  how the keys of players begin: of accounts (redis_kept_accounts.py), of unread notices (inbox/redis_unread.py)
-- Returns a value of each, '' while it changes, false where it is not kept; false where the player is not known

local player = redis.call('GET', KEYS[1])
if not player then return false end
local keys = {}
for n, start in ipairs(ARGV) do keys[n] = start .. player end
return redis.call('MGET', unpack(keys))
