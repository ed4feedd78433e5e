-- Counts one call of somebody against what they may ask (GCRA), or says how long to wait.
--
-- KEYS  1 spent: the time (us) up to which the allowance is used; gone once all of it is back
-- ARGV  1 now in ms, 0 for the server's own clock   2 us per call   3 burst in us
-- Returns ms to wait; 0 where the call is counted. Atomic: all of it.

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local now_us = now_ms * 1000
local spent = tonumber(redis.call('GET', KEYS[1])) or 0
if spent > now_us then spent = 0 end -- the clock was set back: who was at the limit is not to wait until it is there again
spent = math.max(spent, now_us - ARGV[3]) + ARGV[2]
if spent > now_us then return math.ceil((spent - now_us) / 1000) end
local back_ms = math.ceil((spent - now_us + ARGV[3]) / 1000)
redis.call('SET', KEYS[1], string.format('%.0f', spent), 'PX', math.max(1, back_ms))
return 0
