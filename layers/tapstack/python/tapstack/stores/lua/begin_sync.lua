-- Takes a bucket's sync lease and moves its dirty players aside.
--
-- KEYS  1 lease  2 dirty  3 syncing  4 meta                                     (one hash tag: the bucket)
-- ARGV  1 token of the holder   2 lease in ms
-- Returns the number of players set aside, or -1 when somebody else holds the lease
-- What a dead holder left in `syncing` is taken along: written twice is harmless, forgotten is not.

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
redis.call('HSET', KEYS[4], 'synced', t[1] * 1000 + math.floor(t[2] / 1000))
return redis.call('SCARD', KEYS[3])
