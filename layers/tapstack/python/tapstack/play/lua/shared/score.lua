-- The all-time board's score (rules/score.py): more clicks first, then who got there first.
--
-- 1735689600000 is 2025-01-01 in ms; 2199023255552 ms are the 69 years in which the fraction falls from 1 to 0.
local function score_of(clicks, at_ms)
  return clicks + 1 - (at_ms - 1735689600000) / 2199023255552
end

-- The clicks in a score as ZSCORE answers it; 0 for who is not on the board.
local function clicks_in(score)
  return score and math.floor(tonumber(score)) or 0
end
