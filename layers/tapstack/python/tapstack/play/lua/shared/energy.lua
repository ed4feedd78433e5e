-- The TAT of a player's energy (rules/energy.py), in ms: up to then it is spent.
--
-- stored     field `en`, false where all energy is there
-- tapped_ms  when the last tap was counted: where that lies in the future, the clock was set back, and the energy is
--            what it was then
local function energy_tat(stored, tapped_ms, now_ms)
  return math.min((tonumber(stored) or 0) - math.max(0, (tonumber(tapped_ms) or 0) - now_ms), now_ms)
end
