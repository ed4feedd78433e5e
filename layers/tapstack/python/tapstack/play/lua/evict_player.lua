-- Drops ended sessions that are in the history by now, and evicts a player with none open and nothing unsaved.
--
-- KEYS  1 player  2 dirty  3 syncing  4 ended  5 refused  6 ticket              (one hash tag: the bucket)
-- ARGV  1 player id   then two per session: session key, the value that was put into the history
-- Returns 1 evicted, 0 still here (a session is open or has ended since, the player awaits a sync, or can't be saved)
-- Whoever has read the player in DynamoDB before this may not know what is dropped here: their ticket ends.

local player, dirty, syncing, ended, refused, ticket = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local id = ARGV[1]

for i = 2, #ARGV, 2 do
  local field, archived = 'e:' .. ARGV[i], ARGV[i + 1]
  if redis.call('HGET', player, field) == archived then
    redis.call('HDEL', player, field)
    redis.call('DEL', ticket)
  end
end
local open = tonumber(redis.call('HGET', player, 'n')) or 0
for _, field in ipairs(redis.call('HKEYS', player)) do
  if string.sub(field, 1, 2) == 'e:' then return 0 end
end
if open > 0 then
  redis.call('SREM', ended, id)
  return 0
end
if redis.call('SISMEMBER', dirty, id) == 1 or redis.call('SISMEMBER', syncing, id) == 1
  or redis.call('ZSCORE', refused, id) then return 0 end
redis.call('DEL', player, ticket)
redis.call('SREM', ended, id)
return 1
