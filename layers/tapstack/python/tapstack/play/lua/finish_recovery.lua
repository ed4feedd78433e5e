-- Says that a bucket's board is whole.
--
-- KEYS  1 meta
-- ARGV  1 token of who rebuilt it
-- Returns 1 done, 0 somebody else rebuilds it, or Redis was lost again since: part of the board is missing

if redis.call('HGET', KEYS[1], 'rebuilder') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
return redis.call('HDEL', KEYS[1], 'rebuilder')
