-- The screen of a private chat: the one message that shows where the person is. Kept for one to two days.
--
-- message  its id, '0' where it is not known        wanted  the number of the newest screen that wants a new message
-- sent     the number of the screen that `message` was sent for, or moved to   asks  '1' where it asks for a text
local function screen_of(today, yesterday, chat)
  local stored = redis.call('HGET', today, chat) or redis.call('HGET', yesterday, chat) or '0 0 0 0'
  local message, wanted, sent, asks = string.match(stored, '^(%d+) (%d+) (%d+) (%d)$')
  return {message = message, wanted = tonumber(wanted), sent = tonumber(sent), asks = asks}
end

local function keep_screen(today, chat, screen)
  local stored = {screen.message, screen.wanted, screen.sent, screen.asks}
  redis.call('HSET', today, chat, table.concat(stored, ' '))
  redis.call('PEXPIRE', today, 172800000)
end

-- Whether a screen has a message that can show something else.
local function can_edit(screen)
  return screen.message ~= '0' and screen.sent >= screen.wanted
end

-- Has a message deleted that asks for a text which nobody awaits any more.
local function delete_message(queue, calls, now_ms, version, chat, message)
  local name = 'a:' .. chat .. ':delete-' .. message
  local call = '{"chat_id":' .. chat .. ',"message_id":' .. message .. ',"method":"deleteMessage"}'
  redis.call('HSET', calls, name, version .. ' 0 ' .. call)
  redis.call('ZADD', queue, 'NX', now_ms, name)
end
