-- Makes a heist known, and gives the places that are kept for good to those who have them.
--
-- KEYS  1 state  2 winners  3 players  4 ops                                    (one hash tag: the heist)
-- ARGV  1 now in ms, 0 for the server's own clock   2 start in ms   3 end in ms   4 places   5 tries
--       6 ms between two answers   7 ms to keep it after its end, or from now on if that is past
--       8... rank, player, op, digest of the answer: of each place that is kept
-- Returns 1. Atomic: all of it. Again it changes nothing but how long all is kept; somebody whose place is another's
-- loses the answer that had it, so that the same op can be answered anew.

-- include platform/shared/clock
local state, winners, players, ops = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now_ms, start_ms, end_ms, places, tries, gap_ms = clock_ms(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local expires_ms = string.format('%.0f', math.max(now_ms, tonumber(end_ms)) + tonumber(ARGV[7]))

if redis.call('EXISTS', state) == 0 then
  redis.call('HSET', state, 'start', start_ms, 'end', end_ms, 'places', places, 'tries', tries, 'gap', gap_ms)
end
redis.call('HSET', state, 'expires', expires_ms)

local function forget(player)
  local own = redis.call('HGET', players, player)
  if own then
    local seq, answers = string.match(own, '^(%d+):(%d+):')
    redis.call('HSET', players, player, string.format('%s:%d:0:0', seq, math.max(0, tonumber(answers) - 1)))
    redis.call('HINCRBY', state, 'right', -1)
  end
  local names = redis.call('HKEYS', ops)
  for _, name in ipairs(names) do
    if string.sub(name, 1, #player + 1) == player .. ':' then redis.call('HDEL', ops, name) end
  end
end

for at = 8, #ARGV, 4 do
  local rank, player, op, digest = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local there = redis.call('HGET', winners, rank)
  if there ~= player then
    if there then forget(there) end
    local all = redis.call('HGETALL', winners)
    for i = 1, #all, 2 do
      if all[i + 1] == player then redis.call('HDEL', winners, all[i]) end
    end
    redis.call('HSET', winners, rank, player)
    local own = redis.call('HGET', players, player)
    local seq, answers, last_ms, done = string.match(own or '', '^(%d+):(%d+):(%d+):(%d)$')
    if not seq then seq, answers, last_ms = redis.call('HINCRBY', state, 'seq', 1), 1, 0 end
    if done ~= '1' then redis.call('HINCRBY', state, 'right', 1) end
    redis.call('HSET', players, player, string.format('%d:%d:%.0f:1', seq, answers, last_ms))
    redis.call('HSET', ops, player .. ':' .. op, string.format('%s:1:%d:0', digest, rank))
  end
end
for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, expires_ms) end
return 1
