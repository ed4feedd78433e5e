-- The generic cell rate algorithm: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
--
-- All that it remembers of a caller is the theoretical arrival time (TAT): up to then the allowance is spent. A TAT
-- reaches back no further than the burst, so that no more than a burst is ever saved up. All in one unit of time.
--
-- reset   takes the place of a TAT in the future, which says that the clock was set back; nil where it can't be
-- wanted  for how many events, at most: as many as are allowed now
-- For one event (`wanted` is nil) returns the TAT after it, and how long it has to wait: where that is above 0 it is
-- refused, and the TAT is not to be stored. Else returns the TAT after the events, and how many of them are allowed.
local function gcra(tat, now, cost, burst, reset, wanted)
  if reset and tat > now then tat = reset end
  tat = math.max(tat, now - burst)
  if not wanted then return tat + cost, tat + cost - now end
  local allowed = math.max(0, math.min(wanted, math.floor((now - tat) / cost)))
  return tat + allowed * cost, allowed
end
