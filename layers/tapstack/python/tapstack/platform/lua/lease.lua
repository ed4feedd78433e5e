-- Keeps or gives back a lease, for its holder only.
--
-- KEYS  1 lease
-- ARGV  1 token of the holder   2 ms to hold it on, 0 to give it back
-- Returns 1 done, 0 the lease is not ours (any more)

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
