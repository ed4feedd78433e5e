-- A player's rank on a board that lies in several buckets, and who stands next to them: what redis_sorted_sets.py reads
-- and merges outside, here without an answer of each bucket. For a single node only: no bucket shares another's slot.
--
-- KEYS  1 board of the player's bucket   then those of the other buckets
-- ARGV  1 player id  2 how many others on each side
--       3 how the keys begin of what others see of players (redis_kept_accounts.py)
-- Returns {score, number of higher scores, above, below, names}, false where the player is not on the board; above and
-- below are {id, score, ...}, the nearest first. Among exact equals the player comes first. The names are the player's
-- own, of those above, and of those below, false where none is kept.

local own_board = KEYS[1]
local player, each_side, name = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local AT_ONCE = 2

-- Puts the rows of a board that are nearer than those found so far among them, as long as there are any.
local function collect(found, sign, command, board, from, to)
  local offset = 0
  while true do
    local rows = redis.call(command, board, from, to, 'WITHSCORES', 'LIMIT', offset, AT_ONCE)
    for i = 1, #rows, 2 do
      if rows[i] ~= player then
        local distance, place = sign * tonumber(rows[i + 1]), #found + 1
        while place > 1 and found[place - 1].distance > distance do place = place - 1 end
        if place > each_side then return end
        table.insert(found, place, { distance = distance, id = rows[i], score = rows[i + 1] })
        found[each_side + 1] = nil
      end
    end
    if #rows < 2 * AT_ONCE then return end
    offset = offset + AT_ONCE
  end
end

local names = { name .. player }

local function flat(found)
  local rows = {}
  for _, row in ipairs(found) do
    rows[#rows + 1] = row.id
    rows[#rows + 1] = row.score
    names[#names + 1] = name .. row.id
  end
  return rows
end

local score = redis.call('ZSCORE', own_board, player)
if not score then return false end

local higher, above, below = 0, {}, {}
for _, board in ipairs(KEYS) do
  higher = higher + redis.call('ZCOUNT', board, '(' .. score, '+inf')
  collect(above, 1, 'ZRANGEBYSCORE', board, '(' .. score, '+inf')
  collect(below, -1, 'ZREVRANGEBYSCORE', board, score, '-inf')
end
above, below = flat(above), flat(below)
return { score, higher, above, below, redis.call('MGET', unpack(names)) }
