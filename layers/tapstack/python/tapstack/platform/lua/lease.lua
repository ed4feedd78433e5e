-- Extends or releases a lease, for its holder only.
--
-- KEYS  1 lease
-- ARGV  1 token of the holder   2 ms to extend it by, 0 to release it
-- Returns 1 done, 0 the lease is not the caller's (any more)

local lease = KEYS[1]
local token, for_ms = ARGV[1], ARGV[2]

if redis.call('GET', lease) ~= token then return 0 end
if for_ms == '0' then return redis.call('DEL', lease) end
return redis.call('PEXPIRE', lease, for_ms)
