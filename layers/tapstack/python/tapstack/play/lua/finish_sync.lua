-- Drops players that are safely in DynamoDB from those in flight, and records those that can't be saved.
--
-- KEYS  1 lease  2 syncing  3 meta  4 refused  5 dirty  6 erased                (one hash tag: the bucket)
-- ARGV  1 token of the holder   2 ms until a refused player is tried again   3 how many of the ids were written
--       4.. player ids: first those that were written, then those that were refused
-- Returns the number of players left, or -1 where the lease is another's by now: then nothing was dropped, and what
--         was written may have overwritten newer counts: all of it is dirty again
-- A refused player stays in Redis (evict_player.lua) and delays nobody. Once nobody is left in flight, all changes but
-- theirs are saved up to when the sync began.

-- include platform/shared/clock
local lease, syncing, meta, refused, dirty, erased = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local token, again_in_ms, written = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local FIRST_ID = 4

if redis.call('GET', lease) ~= token then
  for i = FIRST_ID, #ARGV do
    if not redis.call('ZSCORE', erased, ARGV[i]) then redis.call('SADD', dirty, ARGV[i]) end
  end
  return -1
end
local any_refused = redis.call('EXISTS', refused) == 1
local again_at_ms = clock_ms(0) + again_in_ms
for i = FIRST_ID, #ARGV do
  redis.call('SREM', syncing, ARGV[i])
  if i >= FIRST_ID + written then
    redis.call('ZADD', refused, again_at_ms, ARGV[i])
  elseif any_refused then
    redis.call('ZREM', refused, ARGV[i])
  end
end
local left = redis.call('SCARD', syncing)
local begun = left == 0 and redis.call('HGET', meta, 'begun')
if begun then redis.call('HSET', meta, 'saved_to', begun) end
return left
