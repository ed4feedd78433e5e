-- Counts one call against a caller's limit, or says how long to wait.
--
-- KEYS  1 TAT of the caller in us; gone once all of the allowance is back
-- ARGV  1 now in ms, 0 for the server's own clock   2 us per call   3 burst in us
-- Returns ms to wait; 0 where the call is counted. Atomic: all of it.

-- include platform/shared/clock
-- include platform/shared/gcra
local tat_key = KEYS[1]
local now_us = clock_ms(ARGV[1]) * 1000
local cost_us, burst_us = tonumber(ARGV[2]), tonumber(ARGV[3])

-- Where the clock was set back, a caller at the limit gets a full burst: else they would wait until it is there again.
local tat, wait_us = gcra(tonumber(redis.call('GET', tat_key)) or 0, now_us, cost_us, burst_us, 0)
if wait_us > 0 then return math.ceil(wait_us / 1000) end
local back_ms = math.ceil((tat - now_us + burst_us) / 1000)
redis.call('SET', tat_key, string.format('%.0f', tat), 'PX', math.max(1, back_ms))
return 0
