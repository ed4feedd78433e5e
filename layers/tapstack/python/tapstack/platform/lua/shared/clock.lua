-- The clock that every script goes by, in ms since 1970.
--
-- given_ms  the time that a test injects, 0 for the server's own clock
local function clock_ms(given_ms)
  given_ms = tonumber(given_ms)
  if given_ms ~= 0 then return given_ms end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
