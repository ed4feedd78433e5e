-- Takes a claim for a while, for one caller of all.
--
-- KEYS  1 claim
-- ARGV  1 the holder   2 for how many ms
-- Returns 1 taken, 0 somebody else has it
-- One that would hold longer than it can have been taken for is over: since then the clock has been set back.

if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('PTTL', KEYS[1]) <= 2 * ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
