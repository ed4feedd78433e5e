-- The all-time board's score (rules/score.py): more clicks first, then who got there first. Its whole part is the
-- clicks.
--
-- 1735689600000 is 2025-01-01 in ms; 2199023255552 ms are the 69 years in which the fraction falls from 1 to 0.
local function score_of(clicks, at_ms)
  return clicks + 1 - (at_ms - 1735689600000) / 2199023255552
end
