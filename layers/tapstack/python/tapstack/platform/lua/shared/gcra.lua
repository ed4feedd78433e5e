-- The generic cell rate algorithm: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
--
-- All that it remembers of a caller is the theoretical arrival time (TAT): up to then the allowance is spent. A TAT
-- reaches back no further than the burst, so that no more than a burst is ever saved up. All in one unit of time.

-- One event: the TAT after it, and how long it has to wait; it is allowed where that is not above 0, and only then is
-- the TAT to be stored. A TAT in the future says that the clock was set back: `reset` takes its place.
local function gcra(tat, now, cost, burst, reset)
  if reset and tat > now then tat = reset end
  tat = math.max(tat, now - burst) + cost
  return tat, tat - now
end

-- As many of `wanted` events as are allowed now, with a TAT that reaches back to `earliest`: how many, and the TAT.
local function gcra_take(tat, now, cost, earliest, wanted)
  tat = math.max(tat, earliest)
  local taken = math.max(0, math.min(wanted, math.floor((now - tat) / cost)))
  return taken, tat + taken * cost
end
