-- Drops ended sessions that now stand in the history, and a player who has none open and nothing unsaved.
--
-- KEYS  1 player  2 dirty  3 syncing  4 ended  5 refused  6 ticket              (one hash tag: the bucket)
-- ARGV  1 player id   then two per session: session key, the value that was put into the history
-- Returns 1 evicted, 0 still here (a session goes on, has ended since, the player waits for a sync, or can't be saved)
-- Whoever has read the player in DynamoDB before this may not know what is dropped here: their ticket ends.

local id = ARGV[1]
for i = 2, #ARGV, 2 do
  local field = 'e:' .. ARGV[i]
  if redis.call('HGET', KEYS[1], field) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[1], field)
    redis.call('DEL', KEYS[6])
  end
end
local open = tonumber(redis.call('HGET', KEYS[1], 'n')) or 0
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 2) == 'e:' then return 0 end
end
if open > 0 then
  redis.call('SREM', KEYS[4], id)
  return 0
end
if redis.call('SISMEMBER', KEYS[2], id) == 1 or redis.call('SISMEMBER', KEYS[3], id) == 1
  or redis.call('ZSCORE', KEYS[5], id) then return 0 end
redis.call('DEL', KEYS[1], KEYS[6])
redis.call('SREM', KEYS[4], id)
return 1
