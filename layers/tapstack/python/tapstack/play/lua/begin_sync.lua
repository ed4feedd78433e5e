-- Takes a bucket's sync lease and moves its dirty players to those in flight.
--
-- KEYS  1 lease  2 dirty  3 syncing  4 meta  5 refused                          (one hash tag: the bucket)
-- ARGV  1 token of the holder   2 lease in ms
-- Returns the number of players in flight, or -1 where another run holds the lease
-- Players that a dead holder left in `syncing` are included: a second write is harmless, a missing one is not. A player
-- who could not be saved is tried again when that is due (finish_sync.lua), and not sooner, whatever they do.
-- `begun` says up to when all changes are in flight; finish_sync.lua makes it `saved_to` once they are saved.

-- include platform/shared/clock
local lease, dirty, syncing, meta, refused = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local token, lease_ms = ARGV[1], ARGV[2]

if not redis.call('SET', lease, token, 'NX', 'PX', lease_ms) then return -1 end
if redis.call('EXISTS', dirty) == 1 then
  if redis.call('EXISTS', syncing) == 1 then
    redis.call('SUNIONSTORE', syncing, syncing, dirty)
    redis.call('DEL', dirty)
  else
    redis.call('RENAME', dirty, syncing)
  end
end
local now_ms = clock_ms(0)
if redis.call('EXISTS', refused) == 1 then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', refused, '(' .. now_ms, '+inf', 'LIMIT', 0, 1000)) do
    redis.call('SREM', syncing, id)
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', refused, '-inf', now_ms, 'LIMIT', 0, 100)) do
    redis.call('SADD', syncing, id)
  end
end
local in_flight = redis.call('SCARD', syncing)
redis.call('HSET', meta, in_flight == 0 and 'saved_to' or 'begun', now_ms)
return in_flight
