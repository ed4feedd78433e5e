-- Drops players that are safely in DynamoDB from those in flight, and notes those that can't be saved.
--
-- KEYS  1 lease  2 syncing  3 meta  4 refused  5 dirty  6 erased                (one hash tag: the bucket)
-- ARGV  1 token of the holder   2 ms until a refused player is tried again   3 how many of the ids were written
--       4.. player ids: first those that were written, then those that were refused
-- Returns the number of players left, or -1 when the lease is no longer ours: then nothing was dropped,
--         and what was written may have taken the place of newer counts: it is all dirty again
-- A refused player stays in Redis (settle_player.lua) and holds up nobody. Once nobody is left in flight, all changes
-- but theirs are saved up to when the sync began.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  for i = 4, #ARGV do
    if not redis.call('ZSCORE', KEYS[6], ARGV[i]) then redis.call('SADD', KEYS[5], ARGV[i]) end
  end
  return -1
end
local last = 3 + tonumber(ARGV[3])
local any = redis.call('EXISTS', KEYS[4]) == 1
local t = redis.call('TIME')
local again_ms = t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[2]
for i = 4, #ARGV do
  redis.call('SREM', KEYS[2], ARGV[i])
  if i > last then
    redis.call('ZADD', KEYS[4], again_ms, ARGV[i])
  elseif any then
    redis.call('ZREM', KEYS[4], ARGV[i])
  end
end
local left = redis.call('SCARD', KEYS[2])
local begun = left == 0 and redis.call('HGET', KEYS[3], 'begun')
if begun then redis.call('HSET', KEYS[3], 'saved_to', begun) end
return left
