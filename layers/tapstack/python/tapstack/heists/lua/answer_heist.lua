-- Takes an answer to a heist in its order of arrival, and gives out the places among the first.
--
-- KEYS  1 state  2 winners (rank -> player)  3 players (player -> `seq:answers:last ms:right`)  4 ops
--                                                                               (one hash tag: the heist)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player   3 op   4 digest of the answer   5 right: 1 or 0
-- Returns {1, right, rank or 0, tries left, fresh: 1 or 0}
--      or {-1} not loaded  {-2} over  {-3} not begun  {-4, ms to wait} too soon  {-5} no tries left
--         {-6} has answered right  {-7} the op was used for another answer
-- Atomic: all of it. A retry of an op gets the first answer, also after the end.

-- include platform/shared/clock
local state, winners, players, ops = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now_ms, player, op, digest, right = clock_ms(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])

local read = redis.call('HMGET', state, 'start', 'end', 'places', 'tries', 'gap', 'closed')
if not read[1] then return {-1} end
local start, finish, places, tries, gap = tonumber(read[1]), tonumber(read[2]), tonumber(read[3]), tonumber(read[4]),
                                          tonumber(read[5])
local known = redis.call('HGET', ops, player .. ':' .. op)
if known then
  local said, was_right, rank, left = string.match(known, '^(%w+):(%d+):(%d+):(%d+)$')
  if said ~= digest then return {-7} end
  return {1, tonumber(was_right), tonumber(rank), tonumber(left), 0}
end
if read[6] or now_ms >= finish then return {-2} end
if now_ms < start then return {-3} end

local own = redis.call('HGET', players, player)
local seq, answers, last_ms, done
if own then
  seq, answers, last_ms, done = string.match(own, '^(%d+):(%d+):(%d+):(%d)$')
  answers, last_ms = tonumber(answers), tonumber(last_ms)
  if done == '1' then return {-6} end
  if answers >= tries then return {-5} end
  local wait_ms = last_ms + gap - now_ms
  if wait_ms > 0 and wait_ms <= gap then return {-4, wait_ms} end
else
  seq, answers = redis.call('HINCRBY', state, 'seq', 1), 0
end
local rank = 0
if right == 1 then
  redis.call('HINCRBY', state, 'right', 1)
  for free = 1, places do
    if redis.call('HSETNX', winners, free, player) == 1 then
      rank = free
      break
    end
  end
else
  redis.call('HINCRBY', state, 'wrong', 1)
end
local left = right == 1 and 0 or tries - answers - 1
redis.call('HSET', players, player, string.format('%d:%d:%.0f:%d', seq, answers + 1, now_ms, right))
redis.call('HSET', ops, player .. ':' .. op, string.format('%s:%d:%d:%d', digest, right, rank, left))
local expires_ms = redis.call('HGET', state, 'expires')
for _, key in ipairs({winners, players, ops}) do redis.call('PEXPIREAT', key, expires_ms) end
return {1, right, rank, left, 1}
