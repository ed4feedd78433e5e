-- Takes the calls that may be sent now: by the bot's rate, every chat's rate, and Telegram's own "retry after".
--
-- KEYS  1 queue  2 calls  3 chats  4 state  5 sent in this hour  6 sent in the hour before  7 in flight
--       8 screens of today  9 screens of yesterday                                           (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 us per message   3 burst in us
--       4 ms per message of a private chat   5 ms per message of a group
--       6 ms after which a taken call that nobody acknowledges is due again   7 ms that this sender counts as awake
--       8 the most calls   9 the sender: one at a time, so that it alone knows what is in flight
-- Returns {ms to wait before the next call, name, call, name, call, ...}, or {-1} where another sender is awake
-- A name is <kind>:<chat>:<rest>; kind a is not limited, e is an edit: one that was sent exactly so is dropped.
-- An edit (kind e, or l for a later one) waits while another of its message is in flight: they would not keep order.
-- So does a chat's screen (kind s); before its JSON stand the message that it edits, 0 where it is sent as a new one,
-- and the number of the screen.
-- Atomic: all of it. A taken call stays until outbox_ack.lua.

-- include platform/shared/clock
-- include platform/shared/gcra
-- include telegram/shared/outbox_time
-- include telegram/shared/outbox_screen
local queue, calls, chats, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local sent, sent_before, in_flight, today, yesterday = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now_ms = outbox_time(state, clock_ms(ARGV[1]))
local cost_us, burst_us = tonumber(ARGV[2]), tonumber(ARGV[3])
local private_gap_ms, group_gap_ms, unacked_ms = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local awake_ms, most, sender = tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9]

local read = redis.call('HMGET', state, 'spent', 'paused', 'awake', 'sender')
local stored_tat, paused_until_ms = tonumber(read[1]) or 0, tonumber(read[2]) or 0
local awake_until_ms, current_sender = tonumber(read[3]) or 0, read[4]
if current_sender and current_sender ~= sender and now_ms < awake_until_ms then return {-1} end
redis.call('HSET', state, 'awake', now_ms + awake_ms, 'sender', sender)
if now_ms < paused_until_ms then return {paused_until_ms - now_ms} end

local now_us, tat = now_ms * 1000, stored_tat
local answer = {0}
redis.call('ZREMRANGEBYSCORE', chats, '-inf', now_ms)
redis.call('ZREMRANGEBYSCORE', in_flight, '-inf', now_ms)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', queue, '-inf', now_ms, 'LIMIT', 0, 100)) do
  if #answer > 2 * most then break end
  local call = redis.call('HGET', calls, name)
  local kind, chat = string.match(name, '^(%a):(-?%d+):')
  local message, same = string.match(name, '^[el]:(.*)$'), false
  local screen = kind == 's' and screen_of(today, yesterday, chat)
  local edited = message or (screen and can_edit(screen) and chat .. ':' .. screen.message)
  local busy_until_ms = edited and redis.call('ZSCORE', in_flight, edited)
    or screen and (redis.call('ZSCORE', in_flight, chat .. ':screen') or redis.call('ZSCORE', in_flight, chat .. ':answer'))
  if call and kind == 'e' then
    local shown = redis.call('HGET', sent, name) or redis.call('HGET', sent_before, name)
    same = shown == redis.sha1hex(string.match(call, '^%d+ %d+ (.*)$'))
  end
  local free_at_ms = kind ~= 'a' and tonumber(redis.call('ZSCORE', chats, chat)) or 0
  if not call or same then
    redis.call('ZREM', queue, name)
    redis.call('HDEL', calls, name)
  elseif busy_until_ms then
    redis.call('ZADD', queue, busy_until_ms, name)
  elseif free_at_ms > now_ms then
    redis.call('ZADD', queue, free_at_ms, name)
  else
    if kind ~= 'a' then
      local next_tat, wait_us = gcra(tat, now_us, cost_us, burst_us)
      if wait_us > 0 then
        answer[1] = math.ceil(wait_us / 1000)
        break
      end
      tat = next_tat
      redis.call('ZADD', chats, now_ms + (string.sub(chat, 1, 1) == '-' and group_gap_ms or private_gap_ms), chat)
    end
    redis.call('ZADD', queue, now_ms + unacked_ms, name)
    if edited then redis.call('ZADD', in_flight, now_ms + unacked_ms, edited) end
    if screen then
      redis.call('ZADD', in_flight, now_ms + unacked_ms, chat .. ':screen')
      local shown_by = can_edit(screen) and screen.message or '0'
      local version, attempts, json = string.match(call, '^(%d+) (%d+) (.*)$')
      call = table.concat({version, attempts, shown_by, screen.wanted, json}, ' ')
    end
    answer[#answer + 1] = name
    answer[#answer + 1] = call
  end
end
if tat > stored_tat then redis.call('HSET', state, 'spent', tat) end
if answer[1] == 0 and #answer == 1 then
  local first = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
  answer[1] = first[2] and math.max(1, math.ceil(first[2] - now_ms)) or 1000
end
return answer
