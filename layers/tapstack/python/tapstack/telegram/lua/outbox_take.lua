-- Takes the calls that may be sent now: the bot's rate, every chat's rate, and Telegram's own "retry after".
--
-- KEYS  1 queue  2 calls  3 chats  4 gate  5 sent in this hour  6 sent in the hour before  7 under way (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 us per message   3 burst in us   4 ms per message of a private chat
--       5 ms per message of a group   6 ms after which a taken call that nobody settles is due again
--       7 ms that this sender counts as awake   8 the most calls   9 the sender: one at a time, so that it alone knows
--       what is on its way
-- Returns {ms to wait before the next call, name, call, name, call, ...}, or {-1} where another sender is awake
-- A name is <kind>:<chat>:<rest>; kind a is not limited, e is an edit: one that was sent exactly so is dropped.
-- An edit (kind e, or l for a later one) waits while another of its message is under way: they would not keep order.
-- Atomic: all of it. A taken call stays until outbox_settle.lua.

-- include telegram/shared/outbox_time
local now_ms = outbox_time(KEYS[4], tonumber(ARGV[1]))
local gate = redis.call('HMGET', KEYS[4], 'spent', 'paused', 'awake', 'sender')
if gate[4] and gate[4] ~= ARGV[9] and now_ms < (tonumber(gate[3]) or 0) then return {-1} end
redis.call('HSET', KEYS[4], 'awake', now_ms + ARGV[7], 'sender', ARGV[9])
local paused = tonumber(gate[2]) or 0
if now_ms < paused then return {paused - now_ms} end

local now_us = now_ms * 1000
local spent = math.max(tonumber(gate[1]) or 0, now_us - ARGV[3])
local answer, before = {0}, spent
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now_ms)
redis.call('ZREMRANGEBYSCORE', KEYS[7], '-inf', now_ms)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now_ms, 'LIMIT', 0, 100)) do
  if #answer > 2 * ARGV[8] then break end
  local call = redis.call('HGET', KEYS[2], name)
  local kind, chat = string.match(name, '^(%a):(-?%d+):')
  local message, same = string.match(name, '^[el]:(.*)$'), false
  local busy = message and redis.call('ZSCORE', KEYS[7], message)
  if call and kind == 'e' then
    local shown = redis.call('HGET', KEYS[5], name) or redis.call('HGET', KEYS[6], name)
    same = shown == redis.sha1hex(string.match(call, '^%d+ %d+ (.*)$'))
  end
  local free = kind ~= 'a' and tonumber(redis.call('ZSCORE', KEYS[3], chat)) or 0
  if not call or same then
    redis.call('ZREM', KEYS[1], name)
    redis.call('HDEL', KEYS[2], name)
  elseif busy then
    redis.call('ZADD', KEYS[1], busy, name)
  elseif free > now_ms then
    redis.call('ZADD', KEYS[1], free, name)
  else
    if kind ~= 'a' then
      if spent + ARGV[2] > now_us then
        answer[1] = math.ceil((spent + ARGV[2] - now_us) / 1000)
        break
      end
      spent = spent + ARGV[2]
      redis.call('ZADD', KEYS[3], now_ms + (string.sub(chat, 1, 1) == '-' and ARGV[5] or ARGV[4]), chat)
    end
    redis.call('ZADD', KEYS[1], now_ms + ARGV[6], name)
    if message then redis.call('ZADD', KEYS[7], now_ms + ARGV[6], message) end
    answer[#answer + 1] = name
    answer[#answer + 1] = call
  end
end
if spent > before then redis.call('HSET', KEYS[4], 'spent', spent) end
if answer[1] == 0 and #answer == 1 then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  answer[1] = first[2] and math.max(1, math.ceil(first[2] - now_ms)) or 1000
end
return answer
