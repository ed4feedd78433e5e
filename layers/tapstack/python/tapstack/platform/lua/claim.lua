-- Takes a claim for a while: of all callers, one gets it.
--
-- KEYS  1 claim
-- ARGV  1 holder   2 for how many ms
-- Returns 1 taken, 0 another caller has it
-- A claim that would last longer than anybody can have taken it for is void: the clock has been set back.

local claim = KEYS[1]
local holder, for_ms = ARGV[1], tonumber(ARGV[2])

if redis.call('SET', claim, holder, 'NX', 'PX', for_ms) then return 1 end
if redis.call('PTTL', claim) <= 2 * for_ms then return 0 end
redis.call('SET', claim, holder, 'PX', for_ms)
return 1
