-- Takes a bucket's sync lease and moves its dirty players to those in flight.
--
-- KEYS  1 lease  2 dirty  3 syncing  4 meta  5 refused                          (one hash tag: the bucket)
-- ARGV  1 token of the holder   2 lease in ms
-- Returns the number of players in flight, or -1 when somebody else holds the lease
-- What a dead holder left in `syncing` is taken along: written twice is harmless, forgotten is not. A player who could
-- not be saved is tried again when their time has come (finish_sync.lua), and not sooner, whatever they do.
-- `begun` says up to when all changes are in flight; finish_sync.lua makes it `saved_to` once they are saved.

if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return -1 end
if redis.call('EXISTS', KEYS[2]) == 1 then
  if redis.call('EXISTS', KEYS[3]) == 1 then
    redis.call('SUNIONSTORE', KEYS[3], KEYS[3], KEYS[2])
    redis.call('DEL', KEYS[2])
  else
    redis.call('RENAME', KEYS[2], KEYS[3])
  end
end
local t = redis.call('TIME')
local now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
if redis.call('EXISTS', KEYS[5]) == 1 then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. now_ms, '+inf', 'LIMIT', 0, 1000)) do
    redis.call('SREM', KEYS[3], id)
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', now_ms, 'LIMIT', 0, 100)) do
    redis.call('SADD', KEYS[3], id)
  end
end
local left = redis.call('SCARD', KEYS[3])
redis.call('HSET', KEYS[4], left == 0 and 'saved_to' or 'begun', now_ms)
return left
