-- Drops players that are safely in DynamoDB from those set aside.
--
-- KEYS  1 lease  2 syncing  3 dirty  4 erased                                   (one hash tag: the bucket)
-- ARGV  1 token of the holder   2.. player ids that were written
-- Returns the number of players left, or -1 when the lease is no longer ours: then nothing was dropped,
--         and what was written may have taken the place of newer counts: it is all dirty again

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  for i = 2, #ARGV do
    if not redis.call('ZSCORE', KEYS[4], ARGV[i]) then redis.call('SADD', KEYS[3], ARGV[i]) end
  end
  return -1
end
for i = 2, #ARGV do redis.call('SREM', KEYS[2], ARGV[i]) end
return redis.call('SCARD', KEYS[2])
