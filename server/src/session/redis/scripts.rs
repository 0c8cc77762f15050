//! What Redis does in one step. Each script runs while nothing else does, so that rows, the index by
//! person and the order of expiry agree at any moment.
//!
//! Layout, below the prefix of the service: `session:KEY` is a hash (`u` subject, `c` created, `l` last
//! seen, `e` end, `d` label, `s` sealed, `f` fence, `t` leased until), `person:SUBJECT` the set of
//! a person's keys; `expiry`, `used` and `revoked` are sorted sets by the second that ends a session,
//! a used attempt and the memory of a revocation.
//!
//! Ends are judged by the caller's clock. Redis' own expiry is a net below it, an hour later, so that
//! nothing stays for ever in a Redis that no server asks any more.

use redis::Script;

/// What all scripts begin with.
const COMMON: &str = r"
local prefix = KEYS[1]
local function session(key) return prefix .. 'session:' .. key end
local function person(subject) return prefix .. 'person:' .. subject end
local expiry, used, revoked = prefix .. 'expiry', prefix .. 'used', prefix .. 'revoked'

-- Lets a key live for at least this long.
local function keep(name, seconds)
  if redis.call('TTL', name) < tonumber(seconds) + 3600 then
    redis.call('EXPIRE', name, seconds + 3600)
  end
end

local function remove(key)
  local subject = redis.call('HGET', session(key), 'u')
  redis.call('ZREM', expiry, key)
  if not subject then return 0 end
  redis.call('DEL', session(key))
  redis.call('SREM', person(subject), key)
  return 1
end
";

/// The scripts, each sent once and then called by its hash.
pub(super) struct Scripts {
    /// Key, subject, created, seen, end, label, sealed, seconds to live: whether it was new.
    pub(super) insert: Script,
    /// Key, sealed: whether it exists.
    pub(super) update: Script,
    /// Key, seen, end, seconds to live: whether it exists.
    pub(super) touch: Script,
    /// Key, now, until: the fence, or 0 if it is held, or -1 if there is no row.
    pub(super) lease: Script,
    /// Key, fence, sealed: whether the fence was the latest.
    pub(super) update_leased: Script,
    /// Key, fence.
    pub(super) release: Script,
    /// Key: whether it existed.
    pub(super) delete: Script,
    /// Subjects: key, and subject, created, seen, end, label, sealed, of each row.
    pub(super) list: Script,
    /// Keys: how many existed.
    pub(super) revoke: Script,
    /// Now, at most how many: how many had ended.
    pub(super) sweep: Script,
}

impl Scripts {
    pub(super) fn new() -> Self {
        let script = |body: &str| Script::new(&[COMMON, body].concat());
        Self {
            insert: script(INSERT),
            update: script(UPDATE),
            touch: script(TOUCH),
            lease: script(LEASE),
            update_leased: script(UPDATE_LEASED),
            release: script(RELEASE),
            delete: script("return remove(ARGV[1])"),
            list: script(LIST),
            revoke: script(REVOKE),
            sweep: script(SWEEP),
        }
    }
}

const INSERT: &str = r"
local key, subject, created, seen, ends, label, sealed, seconds = unpack(ARGV)
if redis.call('EXISTS', session(key)) == 1 then return 0 end
redis.call('HSET', session(key), 'u', subject, 'c', created, 'l', seen, 'e', ends,
  'd', label, 's', sealed)
redis.call('SADD', person(subject), key)
redis.call('ZADD', expiry, ends, key)
keep(session(key), seconds)
keep(person(subject), seconds)
return 1
";

const UPDATE: &str = r"
local key, sealed = unpack(ARGV)
if redis.call('EXISTS', session(key)) == 0 then return 0 end
redis.call('HSET', session(key), 's', sealed)
return 1
";

const TOUCH: &str = r"
local key, seen, ends, seconds = unpack(ARGV)
local subject = redis.call('HGET', session(key), 'u')
if not subject then return 0 end
redis.call('HSET', session(key), 'l', seen, 'e', ends)
redis.call('ZADD', expiry, ends, key)
keep(session(key), seconds)
keep(person(subject), seconds)
return 1
";

const LEASE: &str = r"
local key, now, ends = unpack(ARGV)
if redis.call('EXISTS', session(key)) == 0 then return -1 end
if tonumber(redis.call('HGET', session(key), 't') or 0) > tonumber(now) then return 0 end
redis.call('HSET', session(key), 't', ends)
return redis.call('HINCRBY', session(key), 'f', 1)
";

const UPDATE_LEASED: &str = r"
local key, fence, sealed = unpack(ARGV)
if redis.call('HGET', session(key), 'f') ~= fence then return 0 end
redis.call('HSET', session(key), 's', sealed, 't', 0)
return 1
";

const RELEASE: &str = r"
local key, fence = unpack(ARGV)
if redis.call('HGET', session(key), 'f') == fence then
  redis.call('HSET', session(key), 't', 0)
end
return 0
";

const LIST: &str = r"
local rows = {}
for _, subject in ipairs(ARGV) do
  for _, key in ipairs(redis.call('SMEMBERS', person(subject))) do
    local row = redis.call('HMGET', session(key), 'u', 'c', 'l', 'e', 'd', 's')
    if row[1] then
      table.insert(rows, { key, row })
    else
      redis.call('SREM', person(subject), key)
    end
  end
end
return rows
";

const REVOKE: &str = r"
local count = 0
for _, key in ipairs(ARGV) do
  local ends = redis.call('HGET', session(key), 'e')
  if ends then
    redis.call('ZADD', revoked, ends, key)
    count = count + remove(key)
  end
end
return count
";

const SWEEP: &str = r"
local now, most = unpack(ARGV)
redis.call('ZREMRANGEBYSCORE', used, '-inf', now)
redis.call('ZREMRANGEBYSCORE', revoked, '-inf', now)
local ended = redis.call('ZRANGEBYSCORE', expiry, '-inf', now, 'LIMIT', 0, most)
for _, key in ipairs(ended) do remove(key) end
return #ended
";
