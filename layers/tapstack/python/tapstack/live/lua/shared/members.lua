-- The members of a room: `<player>/<connection>` by when they expire; the expired are dropped first.
local function present(members, now_ms)
  redis.call('ZREMRANGEBYSCORE', members, '-inf', now_ms)
  return redis.call('ZRANGE', members, 0, -1)
end

-- How many players they are.
local function players_of(found)
  local seen, count = {}, 0
  for _, member in ipairs(found) do
    local player = string.match(member, '^[^/]*')
    if not seen[player] then seen[player], count = true, count + 1 end
  end
  return count
end
