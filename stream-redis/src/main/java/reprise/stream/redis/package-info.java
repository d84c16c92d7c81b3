/**
 * Messages from Redis Streams. {@link reprise.stream.redis.RedisKind} is all that the server sees.
 */
@NullMarked
package reprise.stream.redis;

import org.jspecify.annotations.NullMarked;
