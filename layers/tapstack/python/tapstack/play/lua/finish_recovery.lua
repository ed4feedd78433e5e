-- Records that a bucket's board is whole.
--
-- KEYS  1 meta
-- ARGV  1 token of the recovery
-- Returns 1 done, 0 another recovery is in progress, or Redis was lost again since: part of the board is missing

local meta = KEYS[1]
local token = ARGV[1]

if redis.call('HGET', meta, 'rebuilder') ~= token then return 0 end
redis.call('HSET', meta, 'epoch', token)
return redis.call('HDEL', meta, 'rebuilder')
