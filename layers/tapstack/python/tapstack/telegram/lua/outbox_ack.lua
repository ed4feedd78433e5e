-- Acknowledges a call that was taken, or puts it back to be tried again.
--
-- KEYS  1 queue  2 calls  3 state  4 sent in this hour  5 in flight  6 screens of today  7 screens of yesterday
--                                                                                            (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 name   3 its version   4 1 done with, 0 to be tried again
--       5 ms until it is tried again   6 the text that is shown now (JSON of the call), '' where nothing was sent
--       7 ms that all senders have to wait, 0 for none   8 1 where the attempt counts
--       9 of a screen: the message that shows it, or that was to; 0 where none does
--       10 the number of the screen, 0 where it edited its message   11 1 where it asks for a text
--       12 1 where the message to edit is gone
-- Returns 1 where the call is acknowledged, 0 where a newer one has come meanwhile. Atomic: all of it.
-- The next edit of its message, or of its screen, is due now.

-- include platform/shared/clock
-- include telegram/shared/outbox_time
-- include telegram/shared/outbox_screen
local queue, calls, state, sent, in_flight = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local today, yesterday = KEYS[6], KEYS[7]
local now_ms = outbox_time(state, clock_ms(ARGV[1]))
local name, taken_version, done, again_in_ms, shown = ARGV[2], ARGV[3], ARGV[4] == '1', tonumber(ARGV[5]), ARGV[6]
local pause_ms, counted_attempts = tonumber(ARGV[7]), tonumber(ARGV[8])
local message_id, number, asks, is_gone = ARGV[9], tonumber(ARGV[10]), ARGV[11], ARGV[12] == '1'

if pause_ms > 0 then
  local paused_until_ms = math.max(tonumber(redis.call('HGET', state, 'paused')) or 0, now_ms + pause_ms)
  redis.call('HSET', state, 'paused', paused_until_ms)
end
if shown ~= '' and string.sub(name, 1, 1) == 'e' then
  redis.call('HSET', sent, name, redis.sha1hex(shown))
  redis.call('PEXPIRE', sent, 7200000)
end
local message = string.match(name, '^[el]:(.*)$')
if message then
  redis.call('ZREM', in_flight, message)
  redis.call('ZADD', queue, 'XX', now_ms, 'e:' .. message)
end
if string.sub(name, 1, 2) == 's:' then
  local chat = string.match(name, '^s:(%d+):')
  local screen = screen_of(today, yesterday, chat)
  redis.call('ZREM', in_flight, chat .. ':screen', chat .. ':' .. message_id)
  redis.call('ZADD', queue, 'XX', now_ms, name)
  if is_gone and screen.message == message_id then
    screen.message, screen.sent = '0', 0
  elseif shown ~= '' then
    if number > screen.sent then screen.message, screen.sent = message_id, number end
    local is_screen = screen.message == message_id
    if is_screen then screen.asks = asks end
    local left = not is_screen or screen.wanted > screen.sent
    if left and (asks == '1' or (number > 0 and not is_screen)) then
      delete_message(queue, calls, now_ms, taken_version, chat, message_id)
      if is_screen then screen.message, screen.asks = '0', '0' end
    end
  end
  keep_screen(today, chat, screen)
end
local stored = redis.call('HGET', calls, name)
if not stored then return 1 end
local version, attempts, call = string.match(stored, '^(%d+) (%d+) (.*)$')
if version ~= taken_version then return 0 end
if done then
  redis.call('ZREM', queue, name)
  redis.call('HDEL', calls, name)
else
  redis.call('HSET', calls, name, version .. ' ' .. (attempts + counted_attempts) .. ' ' .. call)
  redis.call('ZADD', queue, now_ms + again_in_ms, name)
end
return 1
