-- What is kept of who signs in, for a single node only: the first key names the others.
--
-- KEYS  1 whose the Telegram account is
-- ARGV  1 how the keys of accounts begin (redis_kept_accounts.py)   2 those of unread notices (inbox/redis_unread.py)
-- Returns {account, number of unread notices}, '' for what changes, false for what is not kept; false where it is not
-- known whose the Telegram account is

local owner, account, unread = KEYS[1], ARGV[1], ARGV[2]

local player = redis.call('GET', owner)
if not player then return false end
return redis.call('MGET', account .. player, unread .. player)
