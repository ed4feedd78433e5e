-- Puts the newest screen of a private chat into the outbox. It replaces one that still waits: what a chat shows in the
-- end is what was put in last, however slow Telegram is. A message that asked for a text is deleted once another
-- message is the screen.
--
-- KEYS  1 queue  2 calls  3 state  4 names of the chat's calls that may be put only once  5 in flight
--       6 screens of today  7 screens of yesterday  8 sent in this hour  9 sent in the hour before   (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 chat   3 the call (JSON of a sendMessage), '' where the caller
--       would show it without the outbox   4 the message that shows it: its id, 0 a new one, -1 the screen's own
--       5 1 where it asks for a text   6 the name that this may be put under only once   7 ms that the name is kept
--       8 ms from now that it is due   9 ms between two wake-ups
--       10 ms that a message which the caller shows may take to Telegram: a screen of the outbox waits for it
-- Returns 0, or 1 where the caller has to wake the sender; without a call: 1 where the caller may show it, because
-- nothing else of this chat waits or is in flight, else 0 and nothing has changed. Atomic: all of it.

-- include platform/shared/clock
-- include telegram/shared/outbox_time
-- include telegram/shared/outbox_wake
-- include telegram/shared/outbox_screen
local queue, calls, state, once, in_flight = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local today, yesterday, sent, sent_before = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now_ms = outbox_time(state, clock_ms(ARGV[1]))
local chat, call, target, asks, once_name = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local once_kept_ms, due_ms, wake_gap_ms = tonumber(ARGV[7]), now_ms + ARGV[8], tonumber(ARGV[9])
local answer_ms = tonumber(ARGV[10])
local name, screen = 's:' .. chat .. ':screen', screen_of(today, yesterday, chat)

redis.call('ZREMRANGEBYSCORE', in_flight, '-inf', now_ms)
if call == '' then
  if redis.call('ZSCORE', in_flight, chat .. ':screen') or redis.call('ZSCORE', in_flight, chat .. ':' .. target) then
    return 0
  end
  redis.call('ZREM', queue, name)
  redis.call('HDEL', calls, name)
  redis.call('ZADD', in_flight, now_ms + answer_ms, chat .. ':answer')
else
  redis.call('ZREMRANGEBYSCORE', once, '-inf', now_ms)
  if redis.call('ZADD', once, 'NX', now_ms + once_kept_ms, once_name) == 0 then return 0 end
  redis.call('PEXPIRE', once, once_kept_ms)
end

local version = redis.call('HINCRBY', state, 'version', 1)
if target == '-1' and screen.message == '0' and screen.wanted <= screen.sent then target = '0' end
local same = target == '-1' or target == screen.message
if screen.asks == '1' and not same then
  delete_message(queue, calls, now_ms, version, chat, screen.message)
  screen.message, screen.asks = '0', '0'
end
if target == '0' then
  screen.wanted = version
elseif target ~= '-1' then
  screen.message, screen.wanted, screen.sent = target, version, version
end
if call == '' then screen.asks = asks end
keep_screen(today, chat, screen)
if can_edit(screen) then
  local edits = {'e:' .. chat .. ':' .. screen.message, 'l:' .. chat .. ':' .. screen.message}
  redis.call('ZREM', queue, unpack(edits))
  redis.call('HDEL', calls, unpack(edits))
  redis.call('HDEL', sent, edits[1])
  redis.call('HDEL', sent_before, edits[1])
end
if call == '' then return 1 end

redis.call('HSET', calls, name, version .. ' 0 ' .. call)
redis.call('ZADD', queue, 'NX', due_ms, name)
return wakes_sender(state, now_ms, wake_gap_ms)
